package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.ingress.api.ApiScope;
import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Issues, lists and revokes a merchant's keys to the merchant API. Several are valid at once, so a key is changed without a
 * pause: issue, put it in place, revoke the former.
 */
final class IssuedApiKeys {

    /** For each system of the merchant, its successor, and mishaps. */
    static final int MOST = 16;

    /** Networks of one key: each is looked at with each request. */
    static final int MOST_NETWORKS = 32;

    private static final int ID_BYTES = 4;

    private final KafkaConnection kafka;
    private final InstantSource clock;
    private final RecordWriter writer;

    IssuedApiKeys(KafkaConnection kafka, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
        this.writer = new RecordWriter(kafka.settings(), kafka.schemas(), clock);
    }

    /** A file says nothing about API keys, so it leaves them as they are. */
    static Merchant kept(Merchant declared, Optional<MerchantRecord> former) {
        return former.isPresent() && former.get().getBody() instanceof Merchant stored
                ? with(declared, stored.getApiKeys())
                : declared;
    }

    /**
     * Draws a key and makes it valid.
     *
     * @param networks where it may be used; none: anywhere
     * @param approver another person than the operator, where a scope moves money
     * @return the key, which is told once
     * @throws CommandFailure {@code second-person-needed}, {@code too-many-networks}, {@code merchant-unknown},
     *     {@code too-many-keys}, or when Kafka does not take it
     */
    ApiToken issue(
            String merchantId,
            SortedSet<ApiScope> scopes,
            List<Network> networks,
            String operator,
            @Nullable String approver,
            SecureRandom random) {
        boolean alone = approver == null || approver.isBlank() || approver.equals(operator);
        if (alone && scopes.stream().anyMatch(ApiScope::movesMoney)) {
            throw new CommandFailure(
                    "second-person-needed",
                    "A key that moves money is issued by two persons: name another one with --approver.");
        }
        if (networks.size() > MOST_NETWORKS) {
            throw new CommandFailure(
                    "too-many-networks", "A key is bound to at most " + MOST_NETWORKS + " networks: name larger ones.");
        }
        MerchantRecord record = record(merchantId);
        Merchant merchant = (Merchant) record.getBody();
        if (merchant.getApiKeys().size() >= MOST) {
            throw new CommandFailure(
                    "too-many-keys",
                    "The merchant " + merchantId + " has " + MOST
                            + " API keys. Revoke one that is not in use: api-key list, then api-key revoke.");
        }
        ApiToken token = ApiToken.issue(merchantId, newId(random), random);
        List<ApiKey> keys = new ArrayList<>(merchant.getApiKeys());
        keys.add(new ApiKey(
                token.keyId(),
                ByteBuffer.wrap(token.digest()),
                scopes.stream().map(ApiScope::text).toList(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                operator,
                alone ? null : approver,
                networks.stream().map(Network::toString).toList()));
        write(record, with(merchant, keys));
        return token;
    }

    /** The valid keys of a merchant, oldest first; of the secret only its digest is there. */
    List<ApiKey> list(String merchantId) {
        return ((Merchant) record(merchantId).getBody()).getApiKeys();
    }

    /**
     * Makes a key invalid; the API refuses it within moments.
     *
     * @throws CommandFailure {@code key-unknown} when the merchant has no such key
     */
    void revoke(String merchantId, String keyId) {
        MerchantRecord record = record(merchantId);
        Merchant merchant = (Merchant) record.getBody();
        List<ApiKey> left = merchant.getApiKeys().stream()
                .filter(key -> !key.getId().equals(keyId))
                .toList();
        if (left.size() == merchant.getApiKeys().size()) {
            throw new CommandFailure(
                    "key-unknown",
                    "The merchant " + merchantId + " has no API key " + keyId + "; 'api-key list' names them.");
        }
        write(record, with(merchant, left));
    }

    private static String newId(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return "key-" + HexFormat.of().formatHex(id);
    }

    private static Merchant with(Merchant merchant, List<ApiKey> keys) {
        return Merchant.newBuilder(merchant).setApiKeys(keys).build();
    }

    private void write(MerchantRecord former, Merchant merchant) {
        writer.write(List.of(writer.revision(former.getId(), former.getEnvironment(), merchant)));
    }

    private MerchantRecord record(String merchantId) {
        return StoredRecords.read(kafka.settings(), kafka.schemas()).merchant(merchantId);
    }
}
