/** {@code intermezzo mozarto}: test tokens for the Cashier. */
@NullMarked
package dev.intermezzo.cli.mozarto;

import org.jspecify.annotations.NullMarked;
