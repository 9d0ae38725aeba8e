package dev.intermezzo.orchestrator.payment;

import java.time.Instant;

/**
 * A wish to be woken. It comes back as {@link Fact.TimerFired} with the sequence of the decision that asked; a later
 * request of the same kind and attempt replaces it.
 *
 * @param due in payment time
 * @param attempt number of the attempt or refund; 0: of the payment as a whole
 */
public record TimerRequest(TimerKind kind, Instant due, int attempt) {}
