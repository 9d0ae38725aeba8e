package dev.intermezzo.runtime.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often a failed stream thread is replaced. A transaction that timed out or a schema that arrives late is over with the
 * next try; a fault that comes back every time must end the process visibly instead of burning in a circle.
 */
final class Restarts {
    /** Most replacements within {@link #WINDOW}. */
    static final int LIMIT = 10;

    static final Duration WINDOW = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Deque<Instant> recent = new ArrayDeque<>();

    Restarts(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts one failure; false: too many lately, give up. */
    synchronized boolean allowed() {
        Instant now = clock.instant();
        Instant oldest = now.minus(WINDOW);
        while (!recent.isEmpty() && recent.getFirst().isBefore(oldest)) {
            recent.removeFirst();
        }
        if (recent.size() >= LIMIT) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
