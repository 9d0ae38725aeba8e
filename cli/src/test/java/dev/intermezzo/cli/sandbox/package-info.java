/** The commands of {@code intermezzo sandbox}. */
@NullMarked
package dev.intermezzo.cli.sandbox;

import org.jspecify.annotations.NullMarked;
