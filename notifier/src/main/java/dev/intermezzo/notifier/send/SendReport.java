package dev.intermezzo.notifier.send;

import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one due message.
 *
 * @param code stable word for the log: why it was not sent, or how it was answered
 * @param httpStatus 0: no answer
 * @param shopStatus what the shop says its status is, where it says so
 * @param retryAfterSeconds how long the shop, or the sender itself, asks to wait
 */
record SendReport(
        SendOutcome outcome,
        String code,
        int httpStatus,
        @Nullable String shopStatus,
        @Nullable Integer retryAfterSeconds) {

    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    static SendReport of(SendOutcome outcome, String code) {
        return new SendReport(outcome, code, 0, null, null);
    }

    /** No attempt was made; rounded up, so that the next one does not come a moment too early. */
    static SendReport deferred(Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return new SendReport(SendOutcome.DEFERRED, "host-deferred", 0, null, (int) seconds);
    }

    /** The host is there and works, whatever it thinks of the message. */
    boolean hostIsWell() {
        return httpStatus > 0 && httpStatus < SERVER_ERROR && httpStatus != TOO_MANY_REQUESTS;
    }
}
