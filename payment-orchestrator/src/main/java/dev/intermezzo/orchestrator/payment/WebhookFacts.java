package dev.intermezzo.orchestrator.payment;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated webhook as it was read.
 *
 * @param account account whose address was used
 * @param transactionId empty when the body could not be read
 * @param rawStatus as received, capped
 * @param amount major units of {@code currency}; null: not in the body
 * @param method such as {@code NEOSURF_PAYIN}; null: not in the body
 * @param bodyDigest SHA-256 of the body as received
 */
public record WebhookFacts(
        String account,
        String transactionId,
        @Nullable String pspTransactionId,
        @Nullable String userId,
        String rawStatus,
        TransactionStatus status,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String merchantReference,
        @Nullable String method,
        WebhookShape shape,
        Bytes bodyDigest) {}
