/** Tests of the command as a whole. */
@NullMarked
package dev.intermezzo.cli;

import org.jspecify.annotations.NullMarked;
