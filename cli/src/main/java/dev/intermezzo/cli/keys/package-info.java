/** Where the sealing keys are, and {@code intermezzo keys}. */
@NullMarked
package dev.intermezzo.cli.keys;

import org.jspecify.annotations.NullMarked;
