/**
 * The payment state machine: what is true about one payment, and what follows from each event. Pure values and pure
 * functions; nothing here knows Kafka, Avro, a clock or the network. The entry is {@link
 * dev.intermezzo.orchestrator.payment.Decider}.
 */
@NullMarked
package dev.intermezzo.orchestrator.payment;

import org.jspecify.annotations.NullMarked;
