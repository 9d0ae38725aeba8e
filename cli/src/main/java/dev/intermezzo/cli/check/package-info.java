/** {@code intermezzo merchants check}: what to paste where, and whether a shop can be paid. */
@NullMarked
package dev.intermezzo.cli.check;

import org.jspecify.annotations.NullMarked;
