package dev.intermezzo.sandbox.shop;

import dev.intermezzo.sandbox.faults.FaultPlan;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An order as it stands at one moment.
 *
 * @param uuid the {@code order_uuid}
 * @param invoice the {@code invoice_id}
 * @param amount total in major units
 * @param currency ISO 4217
 * @param statusChanges how often a notification changed the status
 */
public record OrderSnapshot(
        String uuid,
        String invoice,
        BigDecimal amount,
        String currency,
        Buyer buyer,
        FaultPlan faults,
        PaymentStatus status,
        int statusChanges,
        Instant created) {}
