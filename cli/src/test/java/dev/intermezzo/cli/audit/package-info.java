/** Tests of this package. */
@NullMarked
package dev.intermezzo.cli.audit;

import org.jspecify.annotations.NullMarked;
