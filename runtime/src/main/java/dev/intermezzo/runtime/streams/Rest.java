package dev.intermezzo.runtime.streams;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a thread of a Streams application waits for records. While records come it waits as shortly as it is asked to,
 * because commits, moved partitions and copies that take over all wait for the end of its wait. When none have come for a
 * while it waits longer: a hundred looks a second by each of several threads keep a machine busy with nothing.
 *
 * <p>Belongs to one thread.
 */
final class Rest {
    /** Without a record for so long nothing is under way. */
    static final Duration AFTER = Duration.ofSeconds(1);

    /** Kafka's own default; a timer rings so much late at most. */
    static final Duration LONG = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private long last;

    Rest() {
        this(System::nanoTime);
    }

    Rest(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Records came. */
    void disturbed() {
        last = nanoTime.getAsLong();
    }

    /** @param asked what Streams would wait; who does not want to wait at all does not */
    Duration waitFor(Duration asked) {
        boolean resting = nanoTime.getAsLong() - last > AFTER.toNanos();
        return resting && !asked.isZero() && asked.compareTo(LONG) < 0 ? LONG : asked;
    }
}
