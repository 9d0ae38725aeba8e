package dev.intermezzo.ingress.http;

import java.util.List;
import java.util.Optional;

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

    /**
     * @param place where it happened, so that the page speaks the buyer's language and leads back
     * @param repeat the form to send again, where that makes sense
     */
    record Refused(Refusal refusal, Optional<Place> place, Optional<Repeat> repeat) implements Reply {
        public Refused(Refusal refusal) {
            this(refusal, Optional.empty(), Optional.empty());
        }

        public Refused at(Place known) {
            return new Refused(refusal, Optional.of(known), repeat);
        }

        /** With the form that was refused, if the same may be taken a moment later. */
        public Refused repeatable(Optional<Repeat> form) {
            return new Refused(refusal, place, refusal.retryAfter().isPresent() ? form : Optional.empty());
        }
    }

    /**
     * What is known of a refused request.
     *
     * @param language of the payment's pages; one that there are no texts in counts as none
     * @param page address of the payment's page, or empty
     * @param test whether the shop is one for tests
     */
    record Place(String language, String page, boolean test) {}
}
