/** Buyers: a plan of payments with known outcomes, and a driver that carries it out through HTTP as browsers would. */
@NullMarked
package dev.intermezzo.sandbox.load;

import org.jspecify.annotations.NullMarked;
