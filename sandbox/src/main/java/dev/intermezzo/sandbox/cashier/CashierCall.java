package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.faults.CallFault;
import java.time.Duration;
import java.time.Instant;

/**
 * One call of {@code POST /v1/api/mozarto/cashier}, as the Cashier saw it.
 *
 * @param at when it arrived
 * @param took until its answer was ready, or until the connection was dropped: the Cashier's own time
 * @param type {@code PAYIN}, {@code PAYOUT}, or empty when unreadable
 * @param email the buyer's; empty when absent
 * @param transactionId the transaction it created; empty for none
 * @param answered HTTP status; 0 when no answer was given
 */
public record CashierCall(
        Instant at, Duration took, String type, String email, String transactionId, CallFault fault, int answered) {}
