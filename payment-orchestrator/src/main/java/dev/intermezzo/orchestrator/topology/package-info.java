/**
 * The orchestrator as a Kafka Streams application: facts in, decisions out, everything one event causes in one
 * transaction. What is decided lives in the pure state machine; here is only where it is read from and written to.
 */
@NullMarked
package dev.intermezzo.orchestrator.topology;

import org.jspecify.annotations.NullMarked;
