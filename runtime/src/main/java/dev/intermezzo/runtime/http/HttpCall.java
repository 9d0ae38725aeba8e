package dev.intermezzo.runtime.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request to somebody outside. Immutable; the {@code with…} methods return changed copies.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri absolute
 * @param headers by name, each once
 * @param body sent as it is; empty for a GET
 * @param deadline for everything: name lookup, connection, request and the last byte of the answer
 * @param maxAnswerBytes more than that of the answer's body is cut off
 * @param freshConnection never on a connection used before: one that the other side has just closed loses the request,
 *     and whether it was executed is then unknown
 * @param beginWithin the first byte is written within this time or never: for what must not be begun late. At most the
 *     deadline counts
 */
@SuppressWarnings("ArrayRecordComponent") // the body is handed through, never compared
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        Duration deadline,
        int maxAnswerBytes,
        boolean freshConnection,
        Duration beginWithin) {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** Within 20 s, at most 64 KiB of answer. */
    public static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, Map.of(), new byte[0], DEADLINE, MAX_ANSWER_BYTES, false, DEADLINE);
    }

    /** Within 20 s, at most 64 KiB of answer. */
    public static HttpCall post(URI uri, String contentType, byte[] body) {
        return new HttpCall(
                "POST", uri, Map.of("Content-Type", contentType), body, DEADLINE, MAX_ANSWER_BYTES, false, DEADLINE);
    }

    /** A JSON text in UTF-8. */
    public static HttpCall postJson(URI uri, String json) {
        return post(uri, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public HttpCall withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, uri, more, body, deadline, maxAnswerBytes, freshConnection, beginWithin);
    }

    /** For everything, the beginning included; a stricter {@link #beginningWithin} is set after it. */
    public HttpCall withDeadline(Duration time) {
        return new HttpCall(method, uri, headers, body, time, maxAnswerBytes, freshConnection, time);
    }

    public HttpCall withMaxAnswerBytes(int bytes) {
        return new HttpCall(method, uri, headers, body, deadline, bytes, freshConnection, beginWithin);
    }

    public HttpCall onFreshConnection() {
        return new HttpCall(method, uri, headers, body, deadline, maxAnswerBytes, true, beginWithin);
    }

    /** Not begun later than this after {@link OutboundHttp#send}: then {@code NotSent("too-late")}. */
    public HttpCall beginningWithin(Duration time) {
        return new HttpCall(method, uri, headers, body, deadline, maxAnswerBytes, freshConnection, time);
    }

    /** Method and host only: path, headers and body may hold what must not be printed. */
    @Override
    public String toString() {
        return "HttpCall[" + method + " " + uri.getHost() + "]";
    }
}
