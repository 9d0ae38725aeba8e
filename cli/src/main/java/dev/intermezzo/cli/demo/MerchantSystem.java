package dev.intermezzo.cli.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A merchant's own system, which asks the merchant API for pay-outs: each request twice, as one does that is not sure. */
final class MerchantSystem implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ACCEPTED = 202;

    /** The key is not known yet, asked too often, not now. */
    private static final Set<Integer> ASK_AGAIN = Set.of(401, 429, 503);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI payOuts;
    private final String key;
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());

    /**
     * @param api on loopback
     * @param key with the scope of pay-outs
     */
    MerchantSystem(URI api, String key) {
        this.payOuts = api.resolve("/api/v1/payouts");
        this.key = key;
    }

    /**
     * Asks for one.
     *
     * @param name the Idempotency-Key
     * @return the pay-out's id
     * @throws CommandFailure {@code pay-out-not-accepted}: refused, not answered in 30 s, or answered otherwise when asked
     *     again
     */
    String payOut(String name, String amount, String currency, String destination) throws InterruptedException {
        String body = json(Map.of("amount", amount, "currency", currency, "destination", destination));
        String first = accepted(name, body);
        if (!accepted(name, body).equals(first)) {
            throw notAccepted(destination, "asked again under the same key, it answered otherwise");
        }
        return id(first);
    }

    @Override
    public void close() {
        http.close();
    }

    private String accepted(String name, String body) throws InterruptedException {
        HttpCall call = HttpCall.postJson(payOuts, body)
                .withHeader("Authorization", "Bearer " + key)
                .withHeader("Idempotency-Key", name);
        HttpResult[] last = {new HttpResult.NotSent("not-tried")};
        Patience.until(PATIENCE, () -> {
            last[0] = http.send(call);
            return last[0] instanceof HttpResult.Answered answer && !ASK_AGAIN.contains(answer.status());
        });
        return switch (last[0]) {
            case HttpResult.Answered answer when answer.status() == ACCEPTED -> text(answer);
            case HttpResult.Answered answer -> throw notAccepted(body, answer.status() + " " + text(answer));
            case HttpResult.NotSent notSent -> throw notAccepted(body, notSent.code());
            case HttpResult.AnswerLost lost -> throw notAccepted(body, lost.code());
        };
    }

    private CommandFailure notAccepted(String what, String why) {
        return new CommandFailure(
                "pay-out-not-accepted", "The merchant API at " + payOuts + " did not take " + what + ": " + why + ".");
    }

    private static String text(HttpResult.Answered answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String json(Map<String, String> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (IOException impossible) {
            throw new IllegalStateException("texts can be written as JSON", impossible);
        }
    }

    private static String id(String accepted) {
        try {
            return JSON.readTree(accepted).path("id").asText();
        } catch (IOException e) {
            throw new CommandFailure("pay-out-not-accepted", "The merchant API answered no JSON: " + accepted, e);
        }
    }
}
