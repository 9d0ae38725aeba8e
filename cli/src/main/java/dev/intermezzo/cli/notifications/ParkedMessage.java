package dev.intermezzo.cli.notifications;

import dev.intermezzo.cli.audit.Words;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that its shop could not be told, and that waits for a person.
 *
 * @param since when it was parked
 * @param attempts so far, over all rounds
 * @param last what came of the last attempt; null: longer ago than attempts are kept (7 days)
 */
record ParkedMessage(
        NotificationRequest request,
        Instant since,
        int attempts,
        @Nullable NotificationResult last) {

    String payment() {
        return request.getPaymentId();
    }

    String merchant() {
        return request.getMerchantId();
    }

    /** Parked at the same moment: nobody took it up in between. */
    boolean isStill(ParkedMessage earlier) {
        return request.getId().equals(earlier.request().getId()) && since.equals(earlier.since());
    }

    /** Why it is parked, in a sentence for people. */
    String reason() {
        if (last == null) {
            return "What came of its last attempt is longer ago than attempts are kept (7 days).";
        }
        return switch (last.getOutcome()) {
            case FAILED -> "The shop answered HTTP " + last.getHttpStatus() + ".";
            case UNANSWERED -> "The shop did not answer.";
            case NOT_SENT ->
                "It could not be sent: the shop's host was not reached, or its integration, host or key is not in the"
                        + " merchants file.";
            case NOT_PENDING, ERROR_UNREADABLE -> "The shop answered with an error that says nothing.";
            case DELIVERED, DEFERRED, OTHER -> "What came of its last attempt is not known.";
        };
    }

    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("payment", payment());
        row.put("order", request.getOrderUuid());
        row.put("merchant", merchant());
        row.put("integration", request.getIntegrationId());
        row.put("environment", request.getEnvironment().name());
        row.put("request", request.getId());
        row.put("outcome", Words.word(request.getStatus()));
        row.put("since", since.toString());
        row.put("attempts", attempts);
        row.put("http_status", last == null ? 0 : last.getHttpStatus());
        row.put("shop_status", last == null || last.getShopStatus() == null ? "" : Words.plain(last.getShopStatus()));
        row.put("reason", reason());
        return row;
    }
}
