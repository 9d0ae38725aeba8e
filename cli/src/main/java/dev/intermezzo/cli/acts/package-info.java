/** What people decide at the command line, as acts that the state machine hears. */
@NullMarked
package dev.intermezzo.cli.acts;

import org.jspecify.annotations.NullMarked;
