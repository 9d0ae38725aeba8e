package dev.intermezzo.sandbox.cashier;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as it stands at one moment.
 *
 * @param id Mozarto's transaction id, 24 hexadecimal digits
 * @param psp the provider that opened it
 * @param amount as asked, in major units
 * @param wallet where a pay-out to a wallet goes, as {@code BTC:<address>}; empty: to the person
 * @param decided when the buyer approved or declined; null while open
 */
public record TransactionSnapshot(
        String id,
        Psp psp,
        String userId,
        String email,
        BigDecimal amount,
        String currency,
        String wallet,
        TransactionStatus status,
        Instant created,
        @Nullable Instant decided) {}
