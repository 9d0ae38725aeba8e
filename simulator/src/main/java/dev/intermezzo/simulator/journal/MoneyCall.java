package dev.intermezzo.simulator.journal;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One call that moves money, as it reached the Cashier.
 *
 * @param number of the attempt or refund
 * @param payOut out of the account; else a voucher taken in
 * @param moved money moved
 * @param claimed a committed claim of the command could be read when the call came
 */
public record MoneyCall(
        String command, int number, BigDecimal amount, boolean payOut, boolean moved, boolean claimed, Instant at) {}
