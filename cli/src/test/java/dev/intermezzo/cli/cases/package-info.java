/** Tests of {@code intermezzo cases}. */
@NullMarked
package dev.intermezzo.cli.cases;

import org.jspecify.annotations.NullMarked;
