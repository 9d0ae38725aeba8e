/** {@code intermezzo cases}: what waits for people, and what two of them decide about it. */
@NullMarked
package dev.intermezzo.cli.cases;

import org.jspecify.annotations.NullMarked;
