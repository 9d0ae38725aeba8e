package dev.intermezzo.partners.mozarto;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;

/** The identity of a webhook's fact: a repeated delivery has the same, a new fact another. */
public final class WebhookIdentity {

    private WebhookIdentity() {}

    /**
     * The event id of a webhook: a hash of account, transaction, status and amount, as 32 hexadecimal digits. Amounts
     * count by value ({@code 10}, {@code "10.00"}), known statuses without case; an unknown status counts by its text,
     * and the 2025 shape never shares an id with the current one.
     *
     * @param account the Cashier account whose address received it
     */
    public static String of(String account, CashierWebhook webhook) {
        byte[] hash = Hashes.sha256(
                "intermezzo-webhook-1",
                account,
                webhook.transactionId(),
                webhook.shape().name(),
                status(webhook),
                amount(webhook));
        return HexFormat.of().formatHex(hash, 0, 16);
    }

    private static String status(CashierWebhook webhook) {
        if (webhook.status() != TransactionStatus.UNKNOWN) {
            return webhook.status().name();
        }
        String text = switch (webhook.shape()) {
            case Y2026 -> webhook.statusText();
            case Y2025 -> webhook.rawStatus();
        };
        return "?" + (text == null ? "" : text.toLowerCase(Locale.ROOT));
    }

    private static String amount(CashierWebhook webhook) {
        BigDecimal amount = webhook.amount();
        if (amount != null) {
            // Bounded by the reading: at most 12 digits and 4 decimals.
            return amount.stripTrailingZeros().toPlainString();
        }
        String text = webhook.amountText();
        return text == null ? "" : "?" + text;
    }
}
