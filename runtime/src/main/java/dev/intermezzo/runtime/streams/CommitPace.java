package dev.intermezzo.runtime.streams;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a Streams application commits: soon while commits are cheap, and less often while they are dear, so that half of
 * its time at most goes into commits. Streams knows a fixed interval only. A short one makes a hop quick and drowns a busy
 * cluster: every commit writes to each partition that was touched, and each write is asked for by every copy; with 10 ms, and
 * commits that take 450 ms, an application works for 10 ms of every 460 and never catches up. A long one makes every hop slow.
 *
 * <p>Threads of one application share a pace: they commit to the same brokers.
 */
final class CommitPace {
    /** Nothing waits longer: Streams commits by itself then. */
    private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private volatile long next;

    CommitPace() {
        this(System::nanoTime);
    }

    CommitPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** One thread's commits; each is first flushed, which is where the time goes when brokers are busy. */
    final class Clock {
        private static final long IDLE = Long.MIN_VALUE;

        private long begun = IDLE;

        /** The thread works no more until {@link #committed}. */
        void committing() {
            if (begun == IDLE) {
                begun = nanoTime.getAsLong();
            }
        }

        /** The commit is done, or has failed. */
        void committed() {
            long end = nanoTime.getAsLong();
            next = end + (begun == IDLE ? 0 : Math.min(MOST_NANOS, end - begun));
            begun = IDLE;
        }

        /** What was flushed is not committed: its time is no commit's. */
        void aborted() {
            begun = IDLE;
        }
    }

    /** How long what was done now should wait for its commit; not positive: no longer. */
    Duration untilNext() {
        return Duration.ofNanos(next - nanoTime.getAsLong());
    }
}
