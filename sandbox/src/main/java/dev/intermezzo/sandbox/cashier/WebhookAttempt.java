package dev.intermezzo.sandbox.cashier;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One attempt at one webhook.
 *
 * @param transactionId as the webhook names it
 * @param email of the buyer concerned; empty for a transaction that nobody opened
 * @param status the {@code transaction_status} sent
 * @param amount the amount sent
 * @param sent when the request was begun
 * @param answeredAt when the answer was complete, or the attempt failed
 * @param answered HTTP status; 0 when there was none
 */
public record WebhookAttempt(
        String transactionId,
        String email,
        String status,
        BigDecimal amount,
        Instant sent,
        Instant answeredAt,
        int answered) {

    /** Whether it was taken: exactly 200, as the document asks. */
    public boolean accepted() {
        return answered == 200;
    }
}
