package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.api.ApiAnswer.Refused;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.UnreadableBodyException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every request that moves money brings: an Idempotency-Key and a body of JSON. */
final class KeyedRequest {

    /** Far above any body that can be valid. */
    static final int MOST_BYTES = 4 * 1024;

    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final String JSON = "application/json";

    private KeyedRequest() {}

    /** Answers a request that can be read. */
    interface Answering {

        /** @param body not looked at yet */
        ApiAnswer answer(String key, byte[] body);
    }

    /** Of a request that cannot be read nothing is kept: its key is still free. */
    static ApiAnswer answer(EdgeRequest request, Answering readable) {
        Optional<String> key = request.header("Idempotency-Key");
        if (key.isEmpty()) {
            return Refused.of(ApiCode.IDEMPOTENCY_KEY_MISSING);
        }
        if (!IDEMPOTENCY_KEY.matcher(key.get()).matches()) {
            return Refused.of(ApiCode.IDEMPOTENCY_KEY_NOT_VALID);
        }
        if (!isJson(request.contentType())) {
            return Refused.of(ApiCode.CONTENT_TYPE_UNSUPPORTED);
        }
        Optional<byte[]> body;
        try {
            body = request.body(MOST_BYTES);
        } catch (UnreadableBodyException gone) {
            return Refused.of(ApiCode.BODY_NOT_RECEIVED);
        }
        return body.isEmpty()
                ? Refused.of(ApiCode.BODY_TOO_LARGE, "A body has at most " + MOST_BYTES + " bytes.")
                : readable.answer(key.get(), body.get());
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase(JSON);
    }
}
