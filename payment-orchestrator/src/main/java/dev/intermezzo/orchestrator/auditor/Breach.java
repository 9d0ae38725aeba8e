package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.ledger.LedgerPosition;

/**
 * A rule found broken. Told once for each payment and rule.
 *
 * @param payment payment id
 * @param sequence what the entry says its place in the payment's chain is; 0: it cannot be read
 * @param detail for people; never a buyer's data
 */
public record Breach(Rule rule, String payment, long sequence, LedgerPosition position, String detail) {}
