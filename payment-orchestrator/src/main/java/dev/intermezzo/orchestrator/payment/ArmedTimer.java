package dev.intermezzo.orchestrator.payment;

import java.time.Instant;

/** A timer that counts: one that fires with another {@code armedAt} is ignored. */
public record ArmedTimer(TimerKind kind, int attempt, long armedAt, Instant due) {

    boolean is(TimerKind otherKind, int otherAttempt) {
        return kind == otherKind && attempt == otherAttempt;
    }
}
