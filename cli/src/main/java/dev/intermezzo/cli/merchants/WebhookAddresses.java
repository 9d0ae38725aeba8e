package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Issues, lists and revokes the tokens in the address that Mozarto sends an account's webhooks to. Several are valid at
 * once, so an address is changed without losing a webhook: issue, paste, wait, revoke.
 */
public final class WebhookAddresses {
    private static final int TOKEN_BYTES = 32;

    private final KafkaConnection kafka;
    private final SecretSealer sealer;
    private final InstantSource clock;
    private final RecordWriter writer;

    public WebhookAddresses(KafkaConnection kafka, SecretSealer sealer, InstantSource clock) {
        this.kafka = kafka;
        this.sealer = sealer;
        this.clock = clock;
        this.writer = new RecordWriter(kafka.settings(), kafka.schemas(), clock);
    }

    /**
     * One valid token, without the token.
     *
     * @param id names it for {@code --revoke}
     * @param origin {@code command}, or {@code file} for one that a merchants file declares
     * @param fingerprint the first eight hexadecimal digits of the token's SHA-256
     */
    public record Valid(String id, String origin, String fingerprint) {}

    /**
     * A token that was just issued; it is told once.
     *
     * @param token 256 bits in base64url
     * @param sessions whether the account sends session tokens, which Mozarto verifies at an address with the same token
     */
    public record Issued(String id, String token, boolean sessions) {
        @Override
        public String toString() {
            return "Issued[" + id + "]";
        }
    }

    /**
     * Draws a token and makes it valid.
     *
     * @throws CommandFailure when there is no such account, it has as many as it may have, or Kafka does not take it
     */
    public Issued issue(String accountId, SecureRandom random) {
        MerchantRecord record = record(accountId);
        CashierAccount account = body(record);
        if (IssuedTokens.of(account.getSecrets()).size() >= IssuedTokens.MOST) {
            throw new CommandFailure(
                    "too-many-tokens",
                    "The account " + accountId + " has " + IssuedTokens.MOST
                            + " issued addresses. Revoke one that is not in use: --list, then --revoke.");
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ByteBuffer digest = AccountReader.digest(token);
        SealedSecret mark = IssuedTokens.mark(sealer, MerchantKeys.account(accountId), digest, clock.instant());
        write(record, IssuedTokens.with(account, mark, digest));
        return new Issued(mark.getId(), token, UserContextMode.of(account.getUserContext()) == UserContextMode.SESSION);
    }

    /** The valid tokens of an account, those of the file first. */
    public List<Valid> list(String accountId) {
        CashierAccount account = body(record(accountId));
        Map<String, String> issued = new HashMap<>();
        IssuedTokens.of(account.getSecrets()).forEach(mark -> issued.put(fingerprintOf(mark), mark.getId()));
        List<Valid> file = new ArrayList<>();
        List<Valid> command = new ArrayList<>();
        for (ByteBuffer digest : account.getWebhookTokenDigests()) {
            String fingerprint = IssuedTokens.fingerprint(digest);
            String id = issued.get(fingerprint);
            if (id == null) {
                file.add(new Valid("file-" + fingerprint, "file", fingerprint));
            } else {
                command.add(new Valid(id, "command", fingerprint));
            }
        }
        file.addAll(command);
        return List.copyOf(file);
    }

    /**
     * Makes an issued token invalid; the edge refuses it within moments.
     *
     * @throws CommandFailure when it is not an issued one of this account
     */
    public void revoke(String accountId, String tokenId) {
        MerchantRecord record = record(accountId);
        CashierAccount account = body(record);
        SealedSecret mark = IssuedTokens.of(account.getSecrets()).stream()
                .filter(each -> each.getId().equals(tokenId))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "token-unknown",
                        tokenId.startsWith("file-")
                                ? "That token is in a merchants file: take it out there and apply the file."
                                : "The account " + accountId + " has no issued address " + tokenId
                                        + "; --list names them."));
        try {
            ByteBuffer digest = IssuedTokens.digest(sealer, MerchantKeys.account(accountId), mark);
            write(record, IssuedTokens.without(account, mark, digest));
        } catch (SealingException e) {
            throw new CommandFailure("keys-other", e.getMessage() + " Is --keys this installation's folder?", e);
        }
    }

    private static String fingerprintOf(SealedSecret mark) {
        return mark.getId().substring(mark.getId().lastIndexOf('-') + 1);
    }

    private void write(MerchantRecord former, CashierAccount account) {
        writer.write(List.of(writer.revision(former.getId(), former.getEnvironment(), account)));
    }

    private MerchantRecord record(String accountId) {
        return StoredRecords.read(kafka.settings(), kafka.schemas()).account(accountId);
    }

    private static CashierAccount body(MerchantRecord record) {
        return (CashierAccount) record.getBody();
    }
}
