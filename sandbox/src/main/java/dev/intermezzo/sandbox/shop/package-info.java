/** A Mozello shop, simulated from the Payment API document alone: catalogue, signed checkout form, notify endpoint. */
@NullMarked
package dev.intermezzo.sandbox.shop;

import org.jspecify.annotations.NullMarked;
