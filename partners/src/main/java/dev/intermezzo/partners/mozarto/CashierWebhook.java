package dev.intermezzo.partners.mozarto;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of the Cashier as it was understood (Mozarto Cashier API, webhook payload). Nothing in it is verified; an
 * absent, empty or unreadable value is {@code null}.
 *
 * @param shape which generation of the payload it is
 * @param transactionId the Cashier's transaction, 1 to 128 printable ASCII characters
 * @param pspTransactionId the provider's id
 * @param userId the {@code userId} of the request
 * @param rawStatus the field {@code status}: the provider's own text, for people only, at most 64 characters
 * @param status the normalised status; always {@link TransactionStatus#UNKNOWN} in the 2025 shape
 * @param statusText the text {@code status} was read from, at most 64 characters
 * @param amount the amount, zero or more, if it is readable
 * @param amountText the amount as received; present without {@code amount} when it is unreadable
 * @param currency ISO 4217 form in upper case; {@code null} in the 2025 shape, where the field named the crypto currency
 * @param merchantReference our reference, if echoed
 * @param method the provider's method, if named
 */
public record CashierWebhook(
        Shape shape,
        String transactionId,
        @Nullable String pspTransactionId,
        @Nullable String userId,
        @Nullable String rawStatus,
        TransactionStatus status,
        @Nullable String statusText,
        @Nullable BigDecimal amount,
        @Nullable String amountText,
        @Nullable String currency,
        @Nullable String merchantReference,
        @Nullable String method)
        implements WebhookReading {

    /** The generations of the payload. */
    public enum Shape {
        /** Status in {@code transaction_status}. */
        Y2026,
        /** The old one, with {@code confirmed}: recorded, and never evidence of money. */
        Y2025
    }

    /** Holds the rule that the old shape never approves. */
    public CashierWebhook {
        if (shape == Shape.Y2025 && status != TransactionStatus.UNKNOWN) {
            throw new IllegalArgumentException("a webhook of the 2025 shape has no status that counts");
        }
    }

    @Override
    public String toString() {
        return "CashierWebhook[" + shape + ", transactionId=" + transactionId + ", status=" + status + ", amount="
                + amountText + ", currency=" + currency + "]";
    }
}
