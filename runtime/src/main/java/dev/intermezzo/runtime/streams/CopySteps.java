package dev.intermezzo.runtime.streams;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the copies of state that an instance keeps for others ask for what is new: in steps. Left alone, they ask again after
 * each single write, and every question costs a broker a look at each partition that the copies follow. When the instance gets
 * or loses state, something may wait for it, so then they ask without a pause.
 *
 * <p>Belongs to one thread.
 */
final class CopySteps {
    /** From the end of one step to the next; a copy is so old at most, and as long again as its question has been waiting. */
    static final Duration PAUSE = Duration.ofMillis(500);

    /** A step ends when nothing more comes, and after this in any case: on a busy topic something always comes. */
    static final Duration LONGEST = Duration.ofMillis(50);

    /** How long there is no pause after a change. A log that takes longer to read comes in full steps anyway. */
    static final Duration HURRY = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private long next;
    private long hurryEnds;
    private boolean stepping;
    private long begun;

    CopySteps(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        changed();
    }

    /** Other state is to be followed than before. */
    void changed() {
        long now = nanoTime.getAsLong();
        next = now;
        hurryEnds = now + HURRY.toNanos();
        stepping = false;
    }

    /** How long to wait before asking; not positive: ask now. */
    Duration untilNext() {
        return Duration.ofNanos(next - nanoTime.getAsLong());
    }

    /** @param came whether there was anything new */
    void asked(boolean came) {
        long now = nanoTime.getAsLong();
        if (now - hurryEnds < 0) {
            return;
        }
        if (!stepping) {
            stepping = true;
            begun = now;
        }
        if (!came || now - begun > LONGEST.toNanos()) {
            stepping = false;
            next = now + PAUSE.toNanos();
        }
    }
}
