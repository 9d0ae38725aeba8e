/** The world around Intermezzo, on one machine: a real broker, a simulated shop, a simulated Cashier and a checker. */
@NullMarked
package dev.intermezzo.sandbox;

import org.jspecify.annotations.NullMarked;
