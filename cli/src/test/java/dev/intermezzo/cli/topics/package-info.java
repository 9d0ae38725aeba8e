/** Tests of this package. */
@NullMarked
package dev.intermezzo.cli.topics;

import org.jspecify.annotations.NullMarked;
