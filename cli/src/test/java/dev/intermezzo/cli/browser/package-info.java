/** A buyer's way from the shop to the paid order, in a real browser. */
@NullMarked
package dev.intermezzo.cli.browser;

import org.jspecify.annotations.NullMarked;
