/** {@code intermezzo audit}: one payment's story, and the proof that the ledger is what was written. */
@NullMarked
package dev.intermezzo.cli.audit;

import org.jspecify.annotations.NullMarked;
