/** Tests of the provider catalogue on the command line. */
@NullMarked
package dev.intermezzo.cli.providers;

import org.jspecify.annotations.NullMarked;
