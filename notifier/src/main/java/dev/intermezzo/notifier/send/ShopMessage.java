package dev.intermezzo.notifier.send;

import dev.intermezzo.partners.mozello.EncodedForm;
import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.Notification;
import dev.intermezzo.partners.mozello.NotifyAnswer;
import dev.intermezzo.partners.mozello.NotifyReading;
import dev.intermezzo.partners.mozello.NotifyReading.Delivered;
import dev.intermezzo.partners.mozello.NotifyReading.ErrorUnreadable;
import dev.intermezzo.partners.mozello.NotifyReading.RefusedByCheckPending;
import dev.intermezzo.partners.mozello.NotifyReading.TemporaryFailure;
import dev.intermezzo.partners.mozello.NotifyStatus;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.HttpResult.Answered;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mozello's side of a message: the POST it is, and what came back. All that the sender knows of the protocol. */
final class ShopMessage {

    private final FormEncoding encoding;
    private final Duration deadline;

    ShopMessage(FormEncoding encoding, Duration deadline) {
        this.encoding = encoding;
        this.deadline = deadline;
    }

    /** The POST, signed with this key. */
    HttpCall call(NotificationRequest request, URI address, MozelloKey key) {
        EncodedForm form = new Notification(request.getOrderUuid(), status(request), request.getCheckPending())
                .encode(key, encoding);
        return HttpCall.post(address, form.contentType(), form.body())
                .withHeader("Accept", "*/*")
                .withDeadline(deadline)
                .withMaxAnswerBytes(NotifyAnswer.MAX_BODY_BYTES);
    }

    /** What came of the POST. */
    SendReport read(NotificationRequest request, HttpResult result, Instant receivedAt) {
        return switch (result) {
            case HttpResult.NotSent notSent -> SendReport.of(SendOutcome.NOT_SENT, notSent.code());
            case HttpResult.AnswerLost lost -> SendReport.of(SendOutcome.UNANSWERED, lost.code());
            case Answered answered -> read(request, answered, receivedAt);
        };
    }

    private static SendReport read(NotificationRequest request, Answered answered, Instant receivedAt) {
        NotifyReading reading = NotifyAnswer.read(
                answered.status(),
                answered.body(),
                request.getCheckPending(),
                answered.headers().get("retry-after"),
                receivedAt);
        int status = answered.status();
        return switch (reading) {
            case Delivered delivered -> new SendReport(SendOutcome.DELIVERED, "delivered", status, null, null);
            case RefusedByCheckPending refused ->
                new SendReport(
                        SendOutcome.NOT_PENDING,
                        "not-pending",
                        status,
                        refused.reported().name().toLowerCase(Locale.ROOT),
                        null);
            case ErrorUnreadable unreadable ->
                new SendReport(SendOutcome.ERROR_UNREADABLE, "error-unreadable", status, null, null);
            case TemporaryFailure failure ->
                new SendReport(SendOutcome.FAILED, failure.code(), status, null, seconds(failure.retryAfter()));
        };
    }

    private static @Nullable Integer seconds(Optional<Duration> wait) {
        return wait.map(time -> (int) Math.min(time.toSeconds(), Integer.MAX_VALUE))
                .orElse(null);
    }

    private static NotifyStatus status(NotificationRequest request) {
        return switch (request.getStatus()) {
            case APPROVED -> NotifyStatus.APPROVED;
            case FAILED -> NotifyStatus.FAILED;
        };
    }
}
