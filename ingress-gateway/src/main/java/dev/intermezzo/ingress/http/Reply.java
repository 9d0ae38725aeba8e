package dev.intermezzo.ingress.http;

import java.util.List;

/** What a handler answers, as a value; one place turns it into bytes and headers. */
public sealed interface Reply {

    /** {@code Set-Cookie} headers that go with the answer. */
    default List<String> cookies() {
        return List.of();
    }

    /** A finished HTML page. */
    record Page(int status, String html, List<String> cookies) implements Reply {
        public static Page ok(String html, List<String> cookies) {
            return new Page(200, html, cookies);
        }
    }

    /** 303: a page of ours, or an address that was verified. */
    record SeeOther(String address, List<String> cookies) implements Reply {}

    /** A JSON document. */
    record Json(int status, String body, List<String> cookies) implements Reply {}

    /** A file of ours whose name changes with its content. */
    record Asset(String contentType, String body) implements Reply {}

    /** A status and no body. */
    record Empty(int status) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
}
