/** Tests of the chaos run. */
@NullMarked
package dev.intermezzo.cli.chaos;

import org.jspecify.annotations.NullMarked;
