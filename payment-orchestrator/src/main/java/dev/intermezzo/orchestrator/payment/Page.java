package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The provider's page of an attempt.
 *
 * @param usableUntil null: its lifetime is not known
 * @param taken a single-use address that a browser may have opened: it is never shown again
 */
public record Page(SealedUrl redirect, @Nullable Instant usableUntil, boolean taken) {

    boolean usableAt(Instant time) {
        return !taken && (usableUntil == null || time.isBefore(usableUntil));
    }

    Page asTaken() {
        return new Page(redirect, usableUntil, true);
    }
}
