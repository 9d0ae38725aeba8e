/**
 * The payment ledger: how an accepted event becomes an entry, and how anybody checks afterwards that the entries are
 * untouched and that the decisions follow from them.
 */
@NullMarked
package dev.intermezzo.orchestrator.ledger;

import org.jspecify.annotations.NullMarked;
