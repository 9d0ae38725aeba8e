/** Tests that hold every module to the edges and house rules of the architecture. */
@NullMarked
package dev.intermezzo.cli.architecture;

import org.jspecify.annotations.NullMarked;
