package dev.intermezzo.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.merchants.StoredRecords;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.partners.mozarto.UserToken;
import dev.intermezzo.partners.mozarto.UserTokenSettings;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Can a merchant's secrets be opened, are they valid and of the right form, does no other record have them? */
final class SecretCheck {
    private static final Duration SOON = Duration.ofDays(7);
    private static final int SHORTEST_KEY = 8;
    private static final String APPLY = "Correct it in the merchants file and apply the file.";

    private final Findings findings;
    private final Instant now;

    SecretCheck(Findings findings, Instant now) {
        this.findings = findings;
        this.now = now;
    }

    void check(Subject subject) {
        subject.secrets().forEach(this::each);
        String account = MerchantKeys.account(subject.accountId());
        oneValid(subject, account, "company-token");
        if (UserContextMode.of(subject.account().getUserContext()) == UserContextMode.TOKEN) {
            oneValid(subject, account, "user-token-secret");
        }
        subject.integrations()
                .forEach((id, integration) -> oneValid(
                        subject,
                        MerchantKeys.integration(id),
                        IntegrationKind.CONNECTION.of(integration) ? "connection-secret" : "mozello-key"));
        subject.integrations().forEach((id, integration) -> {
            if (StoreApiKey.declared(integration)) {
                oneValid(subject, MerchantKeys.integration(id), StoreApiKey.PURPOSE);
            }
        });
        boolean simulated = subject.isOnThisMachine();
        subject.secrets()
                .forEach(secret -> secret.value().ifPresent(value -> {
                    switch (secret.purpose()) {
                        case "company-token" -> companyToken(secret, value, simulated);
                        case "user-token-secret" -> userTokenSecret(secret, value);
                        case "mozello-key" -> mozelloKey(secret, value);
                        default -> {
                            // no form of theirs is documented
                        }
                    }
                }));
    }

    /** A key in two records lets one shop's form pay the other's order; {@code merchants apply} prevents it one by one. */
    void twice(Subject subject, StoredRecords stored, SecretSealer sealer) {
        Map<Secret, String> owners = new HashMap<>();
        stored.records().values().stream()
                .flatMap(record -> Subject.opened(record, sealer).stream())
                .forEach(secret -> secret.value().ifPresent(value -> {
                    String place = secret.owner() + " " + secret.purpose() + " " + secret.id();
                    String other = owners.putIfAbsent(value, place);
                    boolean ours = subject.secrets().stream()
                            .anyMatch(each -> each.value().equals(secret.value()));
                    if (other != null && ours) {
                        findings.problem(
                                secret.owner(),
                                "secret-twice",
                                "the " + secret.purpose() + " " + secret.id() + " is the same as " + other,
                                "Have one of the two issued anew at the partner, and apply the file with it.");
                    }
                }));
    }

    private void each(OpenedSecret secret) {
        if (secret.value().isEmpty()) {
            findings.problem(
                    secret.owner(),
                    "secret-not-openable",
                    "the " + secret.purpose() + " " + secret.id() + " cannot be opened with these keys",
                    "Name the folder that the stages use with --keys, or apply the merchants file with it.");
        }
        secret.notAfter()
                .filter(end -> !now.isAfter(end) && end.isBefore(now.plus(SOON)))
                .ifPresent(end -> findings.note("The " + secret.purpose() + " " + secret.id() + " of " + secret.owner()
                        + " is valid until " + end + " only."));
    }

    private void oneValid(Subject subject, String owner, String purpose) {
        boolean any = subject.secrets().stream()
                .anyMatch(secret ->
                        secret.owner().equals(owner) && secret.purpose().equals(purpose) && secret.isValidAt(now));
        if (!any) {
            findings.problem(owner, "secret-missing", "no " + purpose + " is valid now", APPLY);
        }
    }

    /** The document calls it a JWT, long-lived, copied from Admin Center, API Credentials. */
    private void companyToken(OpenedSecret secret, Secret value, boolean simulated) {
        if (simulated) {
            return;
        }
        Optional<JsonNode> claims = claims(value.reveal());
        if (claims.isEmpty()) {
            findings.problem(
                    secret.owner(),
                    "company-token-malformed",
                    "the company-token is not a JWT",
                    "Copy the Token, not the Secret key, from Admin Center, API Credentials; without \"Bearer\". "
                            + APPLY);
            return;
        }
        JsonNode expiry = claims.get().path("exp");
        if (expiry.isIntegralNumber()
                && Instant.ofEpochSecond(expiry.longValue()).isBefore(now)) {
            findings.problem(
                    secret.owner(),
                    "company-token-expired",
                    "the company-token has expired",
                    "Reissue the credentials at Mozarto, which ends every earlier token, and apply the file with them.");
        }
    }

    private void userTokenSecret(OpenedSecret secret, Secret value) {
        byte[] bytes = value.reveal().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < UserToken.SHORTEST_SECRET_BYTES) {
            findings.problem(
                    secret.owner(),
                    "user-token-secret-short",
                    "the user-token-secret has fewer than " + UserToken.SHORTEST_SECRET_BYTES + " bytes",
                    "Copy the Secret key from Admin Center, API Credentials, again. " + APPLY);
        } else if (UserToken.weak(bytes, UserTokenSettings.DEFAULTS.algorithm())) {
            findings.note("The user-token-secret of " + secret.owner() + " is shorter than RFC 7518 wants; it works.");
        }
    }

    private void mozelloKey(OpenedSecret secret, Secret value) {
        String text = value.reveal();
        if (text.length() < SHORTEST_KEY || text.chars().anyMatch(Character::isWhitespace)) {
            findings.problem(
                    secret.owner(),
                    "mozello-key-malformed",
                    "the mozello-key " + secret.id() + " is shorter than " + SHORTEST_KEY
                            + " characters or has blanks in it",
                    "Copy the Payment API key, not the Store API key, from the shop's payment settings. " + APPLY);
        }
    }

    private static Optional<JsonNode> claims(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = new JsonMapper().readTree(Base64.getUrlDecoder().decode(parts.get(1)));
            return Optional.of(claims).filter(JsonNode::isObject);
        } catch (IOException | IllegalArgumentException notAToken) {
            return Optional.empty();
        }
    }
}
