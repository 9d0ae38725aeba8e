package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.ingress.api.ApiScope;
import dev.intermezzo.ingress.api.ApiToken;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;

/** A key to the merchant API that one process issues for itself and revokes when it is done. */
public final class TemporaryApiKey implements AutoCloseable {
    private final IssuedApiKeys keys;
    private final ApiToken token;

    private TemporaryApiKey(IssuedApiKeys keys, ApiToken token) {
        this.keys = keys;
        this.token = token;
    }

    /**
     * Issues it; an instance of the API knows it within a second.
     *
     * @param approver another person than the operator, where a scope moves money
     * @throws CommandFailure when it is refused, or Kafka does not take it
     */
    public static TemporaryApiKey issue(
            KafkaConnection kafka, String merchantId, SortedSet<ApiScope> scopes, String operator, String approver) {
        IssuedApiKeys keys = new IssuedApiKeys(kafka, InstantSource.system());
        return new TemporaryApiKey(
                keys, keys.issue(merchantId, scopes, List.of(), operator, approver, new SecureRandom()));
    }

    /** As its holder sends it. */
    public String reveal() {
        return token.reveal();
    }

    /** What was asked for with it goes on. */
    @Override
    public void close() {
        keys.revoke(token.merchantId(), token.keyId());
    }
}
