/** The Mozarto Cashier with one provider, simulated from its document alone; invented shapes are marked as such. */
@NullMarked
package dev.intermezzo.sandbox.cashier;

import org.jspecify.annotations.NullMarked;
