/** The Mozarto Cashier and its providers, simulated from its document alone; invented shapes are marked as such. */
@NullMarked
package dev.intermezzo.sandbox.cashier;

import org.jspecify.annotations.NullMarked;
