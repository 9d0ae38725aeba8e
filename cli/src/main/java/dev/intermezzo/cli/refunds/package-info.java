/** {@code intermezzo refunds}: money back to a buyer as a pay-out, asked for by one person and approved by another. */
@NullMarked
package dev.intermezzo.cli.refunds;

import org.jspecify.annotations.NullMarked;
