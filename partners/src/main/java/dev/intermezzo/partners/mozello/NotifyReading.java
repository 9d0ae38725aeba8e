package dev.intermezzo.partners.mozello;

import java.time.Duration;
import java.util.Optional;

/**
 * What a shop's answer to a notification means (see {@link NotifyAnswer}). No answer is read as "never try again": Mozello
 * documents none, and a message given up too early leaves a paid order unpaid in the shop.
 */
public sealed interface NotifyReading {

    /** The shop took the message. */
    record Delivered() implements NotifyReading {}

    /**
     * The shop did not take the message because the order is no longer pending, and named its status: an answer, not a
     * failed delivery.
     */
    record RefusedByCheckPending(ShopStatus reported) implements NotifyReading {}

    /** The shop reported an error that names no status we can be sure of. */
    record ErrorUnreadable() implements NotifyReading {}

    /**
     * The message did not reach the shop's logic, as far as one can tell; try again.
     *
     * @param code {@code http-} and the status
     * @param retryAfter how long the shop asks to wait, unbounded and not negative; empty when it does not say
     */
    record TemporaryFailure(String code, Optional<Duration> retryAfter) implements NotifyReading {}
}
