/** How every command answers: a text for people, or one JSON object as the last line for scripts. */
@NullMarked
package dev.intermezzo.cli.output;

import org.jspecify.annotations.NullMarked;
