/** The {@code intermezzo} command: one class per subcommand, packages by subject. */
@NullMarked
package dev.intermezzo.cli;

import org.jspecify.annotations.NullMarked;
