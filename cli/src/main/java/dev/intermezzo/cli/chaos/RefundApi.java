package dev.intermezzo.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A merchant's own system, which knows every instance of the merchant API and asks each of them for the same refund, under one
 * {@code Idempotency-Key}: were it two refunds, the Cashier's journal would show both.
 */
final class RefundApi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ACCEPTED = 202;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String CURRENCY = "CAD";

    private final List<URI> instances;
    private final String key;
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());

    /**
     * @param instances on loopback
     * @param key with the scope of refunds
     */
    RefundApi(List<URI> instances, String key) {
        this.instances = List.copyOf(instances);
        this.key = key;
    }

    /**
     * Asks every instance once; whoever was told that it failed asks again under the same name.
     *
     * @param name the Idempotency-Key
     * @return the refund's id, the same from each
     * @throws CommandFailure {@code refund-not-accepted}: one did not answer that it is, or they name different refunds
     */
    String refund(String payment, String amount, String name) {
        List<String> refunds = instances.stream()
                .map(instance -> asked(instance.resolve("/api/v1/payments/" + payment + "/refunds"), amount, name))
                .distinct()
                .toList();
        if (refunds.size() != 1) {
            throw new CommandFailure("refund-not-accepted", "One key was given several refunds: " + refunds + ".");
        }
        return refunds.getFirst();
    }

    @Override
    public void close() {
        http.close();
    }

    private String asked(URI refunds, String amount, String name) {
        HttpResult result = http.send(HttpCall.postJson(refunds, body(amount))
                .withHeader("Authorization", "Bearer " + key)
                .withHeader("Idempotency-Key", name)
                .withDeadline(DEADLINE));
        if (result instanceof HttpResult.Answered answer && answer.status() == ACCEPTED) {
            return id(answer);
        }
        throw new CommandFailure("refund-not-accepted", refunds + " did not take a refund: " + result + ".");
    }

    private static String body(String amount) {
        try {
            return JSON.writeValueAsString(Map.of("amount", amount, "currency", CURRENCY, "reason", "returned goods"));
        } catch (IOException impossible) {
            throw new IllegalStateException("texts can be written as JSON", impossible);
        }
    }

    private static String id(HttpResult.Answered answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            return body.path("id").asText();
        } catch (IOException e) {
            throw new CommandFailure("refund-not-accepted", "The merchant API answered no JSON.", e);
        }
    }
}
