/** {@code intermezzo refunds}: money back to a buyer, paid out or made at the provider and recorded; two persons each time. */
@NullMarked
package dev.intermezzo.cli.refunds;

import org.jspecify.annotations.NullMarked;
