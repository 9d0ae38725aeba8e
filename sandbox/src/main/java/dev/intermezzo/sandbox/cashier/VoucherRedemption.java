package dev.intermezzo.sandbox.cashier;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One voucher that was redeemed: money that moved, whatever was answered.
 *
 * @param id the Cashier's transaction id
 * @param amount in major units, as it was asked for
 */
public record VoucherRedemption(
        String id, String userId, String email, BigDecimal amount, String currency, Instant at) {}
