/** Tests of this package. */
@NullMarked
package dev.intermezzo.cli.merchants;

import org.jspecify.annotations.NullMarked;
