package dev.intermezzo.partners.mozello;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a shop's answer to a notification. Mozello documents neither status codes nor bodies, so this is lenient, and
 * everything beyond the first line is an assumption:
 *
 * <ul>
 *   <li>2xx without {@code error} in a JSON body is a delivery, whatever the body is.
 *   <li>An {@code error} in a JSON body that names the order's status, after a message sent with {@code check_pending}, is
 *       the refusal that Mozello describes, under whatever HTTP status it comes.
 *   <li>Any other {@code error} with 2xx, 400, 409 or 422 is an answer we cannot read.
 *   <li>All the rest is a failure that may pass: redirects (never followed: a signed message goes only where the checkout
 *       sent it), 401 and 403 (a key may be being rotated), 404 and 410 (a shop may be moved or restored; a late message is
 *       harmless, a lost one is not), 429 and 5xx.
 * </ul>
 */
public final class NotifyAnswer {

    /** The longest body worth reading, in bytes; callers stop there while receiving. */
    public static final int MAX_BODY_BYTES = 16 * 1024;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private NotifyAnswer() {}

    /**
     * Reads an answer. Never throws for any body.
     *
     * @param httpStatus the HTTP status code
     * @param body the body, cut at {@link #MAX_BODY_BYTES}; what lies beyond is ignored
     * @param checkPending whether the message was sent with {@code check_pending=1}
     * @param retryAfter the {@code Retry-After} header, in seconds or as a date
     * @param receivedAt when the answer came, to which a date is relative
     */
    public static NotifyReading read(
            int httpStatus, byte[] body, boolean checkPending, @Nullable String retryAfter, Instant receivedAt) {
        ErrorBody error = ErrorBody.read(body, MAX_BODY_BYTES);
        if (error.isError()) {
            Optional<ShopStatus> status = checkPending ? error.status() : Optional.empty();
            if (status.isPresent()) {
                return new NotifyReading.RefusedByCheckPending(status.get());
            }
            if (isShopsOwnAnswer(httpStatus)) {
                return new NotifyReading.ErrorUnreadable();
            }
        } else if (isSuccess(httpStatus)) {
            return new NotifyReading.Delivered();
        }
        return new NotifyReading.TemporaryFailure("http-" + httpStatus, wait(retryAfter, receivedAt));
    }

    private static boolean isSuccess(int httpStatus) {
        return httpStatus >= 200 && httpStatus < 300;
    }

    private static boolean isShopsOwnAnswer(int httpStatus) {
        return isSuccess(httpStatus) || httpStatus == 400 || httpStatus == 409 || httpStatus == 422;
    }

    private static Optional<Duration> wait(@Nullable String retryAfter, Instant receivedAt) {
        if (retryAfter == null) {
            return Optional.empty();
        }
        String text = retryAfter.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(receivedAt) ? Duration.between(receivedAt, until) : Duration.ZERO);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
