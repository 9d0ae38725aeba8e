/** The mapping between the wire and the state machine, both ways. */
@NullMarked
package dev.intermezzo.orchestrator.codec;

import org.jspecify.annotations.NullMarked;
