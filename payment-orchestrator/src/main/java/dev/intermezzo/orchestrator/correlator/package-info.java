/** Finds the payment of webhooks that do not name one, and holds those that overtake the Cashier's own answer. */
@NullMarked
package dev.intermezzo.orchestrator.correlator;

import org.jspecify.annotations.NullMarked;
