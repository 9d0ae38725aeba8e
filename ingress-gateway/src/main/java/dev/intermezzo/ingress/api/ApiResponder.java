package dev.intermezzo.ingress.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Turns answers into bytes and headers. Refusals are problem details (RFC 9457) and repeat nothing of the request. */
final class ApiResponder {

    static final String PROBLEM = "application/problem+json";

    private static final JsonMapper JSON = new JsonMapper();

    private ApiResponder() {}

    static void answer(Context context, int success, ApiAnswer answer) {
        context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
        switch (answer) {
            case ApiAnswer.Shown shown -> json(context, success, bytes(shown.document()));
            case ApiAnswer.Accepted accepted -> {
                context.header("Location", accepted.href());
                json(context, success, bytes(accepted.document()));
            }
            case ApiAnswer.Refused refused -> refuse(context, refused);
        }
    }

    private static void refuse(Context context, ApiAnswer.Refused refused) {
        ApiCode code = refused.code();
        ObjectNode problem = JSON.createObjectNode();
        // A name, not an address: there is nothing to fetch.
        problem.put("type", "urn:intermezzo:problem:" + code.text());
        problem.put("title", code.title());
        problem.put("status", code.status());
        problem.put("code", code.text());
        if (!refused.detail().isEmpty()) {
            problem.put("detail", refused.detail());
        }
        refused.retryAfter().ifPresent(time -> context.header("Retry-After", Long.toString(seconds(time))));
        if (code == ApiCode.API_KEY_NOT_VALID) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(code.status()).contentType(PROBLEM).result(bytes(problem));
    }

    private static void json(Context context, int status, byte[] body) {
        context.status(status).contentType("application/json").result(body);
    }

    /** Rounded up: who comes back after it is not refused for coming early. */
    private static long seconds(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static byte[] bytes(Object document) {
        try {
            return JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain texts can always be written", e);
        }
    }
}
