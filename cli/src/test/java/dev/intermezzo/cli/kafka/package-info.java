/** Tests of this package. */
@NullMarked
package dev.intermezzo.cli.kafka;

import org.jspecify.annotations.NullMarked;
