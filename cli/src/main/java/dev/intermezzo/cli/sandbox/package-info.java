/** {@code intermezzo sandbox}: simulated partners and buyers for an installation whose stages run elsewhere. */
@NullMarked
package dev.intermezzo.cli.sandbox;

import org.jspecify.annotations.NullMarked;
