/** {@code intermezzo bench}: figures of this machine, each with the command that repeats it. */
@NullMarked
package dev.intermezzo.cli.bench;

import org.jspecify.annotations.NullMarked;
