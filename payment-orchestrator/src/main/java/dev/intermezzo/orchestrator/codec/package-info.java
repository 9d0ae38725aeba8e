/** Between the wire and the state machine: Avro records on one side, the values of the payment package on the other. */
@NullMarked
package dev.intermezzo.orchestrator.codec;

import org.jspecify.annotations.NullMarked;
