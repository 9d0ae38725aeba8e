package dev.intermezzo.orchestrator.ledger;

/**
 * An entry whose decision this build does not reproduce although it claims the same decider version.
 *
 * @param what stable name of what differs: {@code event}, {@code verdict}, {@code state}, {@code commands} or
 *     {@code entry}
 */
public record LedgerDifference(String payment, long sequence, int partition, long offset, String what) {}
