package dev.intermezzo.runtime.streams;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a stream task when the next of its due times has come.
 *
 * <p>A fixed period would be simpler and is not free: Streams commits a transaction after every punctuation, one that
 * found nothing included. With 24 partitions and 100 ms an idle stage made a hundred empty transactions a second, and
 * the brokers were never idle.
 *
 * <p>Belongs to one stream task; make it in {@code init}.
 */
public final class DueAlarm {
    /** What falls due within this time is taken together; also how long a backlog waits between two turns. */
    public static final Duration SOONEST = Duration.ofMillis(10);

    /** Looks after this time at the latest: Streams keeps a cancelled punctuation in memory until its time has come. */
    static final Duration LATEST = Duration.ofMinutes(1);

    private final ProcessorContext<?, ?> streams;
    private final DueIndex index;
    private final Punctuator turn;

    private @Nullable Cancellable pending;
    private Instant pendingFor = Instant.MAX;

    /** @param turn takes what is due from {@code index}; hears the wall-clock time in milliseconds */
    public DueAlarm(ProcessorContext<?, ?> streams, DueIndex index, Punctuator turn) {
        this.streams = streams;
        this.index = index;
        this.turn = turn;
        set();
    }

    /** Looks at the index again; to be called after everything that may have armed a due time. */
    public void set() {
        Instant next = index.next().orElse(Instant.MAX);
        if (pending != null && !next.isBefore(pendingFor)) {
            return;
        }
        cancel();
        if (!next.equals(Instant.MAX)) {
            pending = streams.schedule(till(next), PunctuationType.WALL_CLOCK_TIME, this::ring);
            pendingFor = next;
        }
    }

    private void ring(long nowMillis) {
        cancel();
        turn.punctuate(nowMillis);
        set();
    }

    private void cancel() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }

    /** Rounded up to whole milliseconds, so that it does not ring a moment too early and find nothing. */
    private Duration till(Instant next) {
        Instant now = Instant.ofEpochMilli(streams.currentSystemTimeMs());
        if (next.isBefore(now.plus(SOONEST))) {
            return SOONEST;
        }
        return next.isAfter(now.plus(LATEST))
                ? LATEST
                : Duration.ofMillis(
                        Duration.between(now, next).plusNanos(999_999).toMillis());
    }
}
