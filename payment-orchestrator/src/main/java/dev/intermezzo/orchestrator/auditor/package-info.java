/**
 * Watches the ledger while it grows, apart from the state machine that writes it: that the chain is intact, that the
 * decisions follow from the events, that the rules of money hold, and that no payment is forgotten.
 */
@NullMarked
package dev.intermezzo.orchestrator.auditor;

import org.jspecify.annotations.NullMarked;
