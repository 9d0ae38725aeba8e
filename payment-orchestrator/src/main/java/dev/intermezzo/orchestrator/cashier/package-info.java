/** The cashier executor: takes a command, makes one call to Mozarto's Cashier, reports one fact. It holds no policy. */
@NullMarked
package dev.intermezzo.orchestrator.cashier;

import org.jspecify.annotations.NullMarked;
