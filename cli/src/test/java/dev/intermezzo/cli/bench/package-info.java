/** Tests of what measures. */
@NullMarked
package dev.intermezzo.cli.bench;

import org.jspecify.annotations.NullMarked;
