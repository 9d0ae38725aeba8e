package dev.intermezzo.notifier.schedule;

import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests and reports of one invented order. */
final class Messages {

    static final String ORDER = "5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f";
    static final String PAYMENT = "demo-shop~" + ORDER;
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Messages() {}

    static NotificationRequest request(int number, NotifyStatus status) {
        return request(PAYMENT, number, status);
    }

    static NotificationRequest request(String payment, int number, NotifyStatus status) {
        return new NotificationRequest(
                payment + "#" + number + ".0",
                payment,
                "demo-shop",
                Environment.SANDBOX,
                START,
                "demo-shop",
                payment.substring(payment.indexOf('~') + 1),
                "https://www.mozello.com/service/ipn/provider/demo/",
                status,
                true,
                "key-1",
                null);
    }

    /** The wish to try a parked request again. */
    static NotificationRequest redrive(int number, NotifyStatus status) {
        return redrive(PAYMENT, number, status);
    }

    static NotificationRequest redrive(String payment, int number, NotifyStatus status) {
        return NotificationRequest.newBuilder(request(payment, number, status))
                .setOccurredAt(START.plusSeconds(900_000))
                .setRedrive(payment + "#9.0")
                .build();
    }

    static Report report(NotificationDue due, SendOutcome outcome) {
        return new Report(due, outcome, due.getOccurredAt().plusMillis(40), null, null);
    }

    /** A report that can be told more. */
    record Report(
            NotificationDue due,
            SendOutcome outcome,
            Instant time,
            @Nullable Integer retryAfterSeconds,
            @Nullable String shopStatus) {

        Report at(Instant another) {
            return new Report(due, outcome, another, retryAfterSeconds, shopStatus);
        }

        Report retryAfter(int seconds) {
            return new Report(due, outcome, time, seconds, shopStatus);
        }

        Report shopSays(String status) {
            return new Report(due, outcome, time, retryAfterSeconds, status);
        }

        NotificationResult result() {
            return new NotificationResult(
                    due.getId() + ":result",
                    due.getPaymentId(),
                    due.getMerchantId(),
                    due.getEnvironment(),
                    time,
                    due.getRequest().getId(),
                    due.getAttempt(),
                    outcome,
                    0,
                    shopStatus,
                    retryAfterSeconds,
                    40);
        }
    }
}
