/** The sandbox world as a whole. */
@NullMarked
package dev.intermezzo.cli.up;

import org.jspecify.annotations.NullMarked;
