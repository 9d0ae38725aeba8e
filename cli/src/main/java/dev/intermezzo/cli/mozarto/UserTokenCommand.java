package dev.intermezzo.cli.mozarto;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.merchants.StoredRecords;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.UserToken;
import dev.intermezzo.partners.mozarto.UserTokenSettings;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intermezzo mozarto user-token}: the header with which a request can be tried by hand. */
@Command(
        name = "user-token",
        mixinStandardHelpOptions = true,
        description = {
            "Sign a test token for a buyer with an account's secret, and print the x-user-token header's value.",
            "Missing or malformed claims are named, and then nothing is signed: the Cashier hangs on what is no good "
                    + "token. The token is valid for ten minutes and speaks for the buyer: do not keep it."
        })
final class UserTokenCommand implements Callable<Integer> {
    private static final String SECRET = "user-token-secret";

    @Mixin
    private Output output = new Output();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private KeysOptions keys = new KeysOptions();

    @Option(names = "--account", paramLabel = "ID", required = true, description = "The Cashier account.")
    @SuppressWarnings("NullAway.Init") // required
    private String account;

    @Option(
            names = "--provider",
            paramLabel = "CODE",
            description = "The provider whose rules the claims must satisfy (default: the account's first).")
    private @Nullable String provider;

    @Parameters(
            paramLabel = "USER.JSON",
            description = "Object with userId, email, firstName, lastName, phone, countryCode.")
    @SuppressWarnings("NullAway.Init") // required
    private Path userFile;

    @Override
    public Integer call() {
        Findings findings = new Findings();
        UserFile user = UserFile.read(userFile, findings);
        try (KafkaConnection connection = kafka.open()) {
            MerchantRecord record = StoredRecords.read(connection.settings(), connection.schemas())
                    .account(account);
            Instant now = Instant.now();
            byte[] secret = secret(record, KeysOptions.sealer(keys.folder(kafka.data())), now);
            if (UserToken.weak(secret, UserTokenSettings.DEFAULTS.algorithm())) {
                findings.note("The account's secret is shorter than RFC 7518 wants for HS256; it works.");
            }
            return sign(findings, user, operation(record), secret, now);
        }
    }

    private int sign(Findings findings, UserFile user, ProviderOperation operation, byte[] secret, Instant now) {
        UserToken.Result result =
                UserToken.make(operation, user.userId(), user.buyer(), UserTokenSettings.DEFAULTS, secret, now);
        switch (result) {
            case UserToken.Result.Incomplete incomplete ->
                incomplete.problems().stream()
                        .filter(problem -> findings.problems().stream()
                                .noneMatch(known -> known.where().equals(problem.name())))
                        .forEach(problem -> UserFile.claim(
                                findings, problem.name(), problem.code().toString()));
            case UserToken.Result.Ready ready -> {
                if (findings.problems().isEmpty()) {
                    print(findings, ready.headerValue(), operation, now);
                    return ExitCodes.HOLDS;
                }
            }
        }
        int exit = findings.print(output);
        output.result(Map.of("problems", findings.problems()));
        return exit;
    }

    private void print(Findings findings, String header, ProviderOperation operation, Instant now) {
        output.line(UserToken.HEADER + ": " + header);
        findings.notes().forEach(note -> output.err().println(note));
        output.err().flush();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("header", UserToken.HEADER);
        fields.put("value", header);
        fields.put("provider", operation.pspType().code());
        Optional.ofNullable(UserTokenSettings.DEFAULTS.lifetime())
                .ifPresent(life -> fields.put("expires", now.plus(life).getEpochSecond()));
        fields.put("notes", findings.notes());
        fields.put("problems", List.of());
        output.result(fields);
    }

    private ProviderOperation operation(MerchantRecord record) {
        List<String> codes = ((CashierAccount) record.getBody())
                .getProviders().stream().map(AccountProvider::getProvider).toList();
        String wanted = provider != null ? provider : codes.isEmpty() ? "" : codes.getFirst();
        if (!codes.contains(wanted)) {
            throw new CommandFailure(
                    "provider-not-in-account",
                    "The account " + account + " lists " + String.join(", ", codes) + " and not " + wanted + ".");
        }
        return ProviderCatalogue.bundled().providers().stream()
                .filter(known -> known.pspType().code().equals(wanted))
                .flatMap(known -> known.operation(Operation.PAYIN).stream())
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "provider-unknown", "The catalogue of this build has no pay-in with " + wanted + "."));
    }

    private byte[] secret(MerchantRecord record, SecretSealer sealer, Instant now) {
        SealedSecret sealed = ((CashierAccount) record.getBody())
                .getSecrets().stream()
                        .filter(each -> each.getPurpose().equals(SECRET))
                        .filter(each -> each.getNotAfter() == null || !now.isAfter(each.getNotAfter()))
                        .findFirst()
                        .orElseThrow(() -> new CommandFailure(
                                "secret-missing",
                                "The account " + account + " has no " + SECRET + " that is valid now."));
        byte[] secret;
        try {
            secret = sealer.open(MerchantKeys.account(account), sealed);
        } catch (SealingException e) {
            throw new CommandFailure("keys-other", e.getMessage() + " Is --keys this installation's folder?", e);
        }
        if (secret.length < UserToken.SHORTEST_SECRET_BYTES) {
            throw new CommandFailure(
                    "secret-short",
                    "The account's " + SECRET + " has fewer than " + UserToken.SHORTEST_SECRET_BYTES
                            + " bytes; copy it again from Admin Center, API Credentials, Secret key.");
        }
        return secret;
    }
}
