package dev.intermezzo.orchestrator.payment;

import java.time.Instant;

/**
 * One fact about one payment: the only input of the state machine.
 *
 * @param id recognises repeats
 * @param merchantId empty where the writer could not know it
 * @param occurredAt the fact's own time; the payment's time never runs backwards, whatever this says
 */
public record Event(
        String id, String paymentId, String merchantId, Environment environment, Instant occurredAt, Fact fact) {}
