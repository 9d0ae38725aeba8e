/** {@code intermezzo topics}: what the installation's topics are and what they should be. */
@NullMarked
package dev.intermezzo.cli.topics;

import org.jspecify.annotations.NullMarked;
