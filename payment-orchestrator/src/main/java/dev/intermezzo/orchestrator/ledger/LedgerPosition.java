package dev.intermezzo.orchestrator.ledger;

/**
 * Where a ledger entry was read.
 *
 * @param key the record's key; an entry belongs to the payment it is filed under
 */
public record LedgerPosition(String key, int partition, long offset) {}
