/** Tests with a whole installation of processes. */
@NullMarked
package dev.intermezzo.cli.fleet;

import org.jspecify.annotations.NullMarked;
