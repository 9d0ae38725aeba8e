package dev.intermezzo.runtime.pump;

import java.util.TreeSet;

/**
 * The offset of one partition that may be committed while records finish in any order: everything below it is done.
 *
 * <p>Offsets may have gaps (transaction markers, compaction), so "contiguous" means: nothing that was taken below it is
 * still open. Holds only the open offsets. Not safe for use by several threads.
 */
final class OffsetWatermark {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next;

    /** @param next offset of the first record that will be taken, or below it */
    OffsetWatermark(long next) {
        this.next = next;
    }

    /** @throws IllegalArgumentException when {@code offset} was passed already */
    void take(long offset) {
        if (offset < next) {
            throw new IllegalArgumentException("offset " + offset + " was taken already, next is " + next);
        }
        open.add(offset);
        next = offset + 1;
    }

    /** @throws IllegalArgumentException when {@code offset} is not open */
    void complete(long offset) {
        if (!open.remove(offset)) {
            throw new IllegalArgumentException("offset " + offset + " is not open");
        }
    }

    /** First offset that is not done: the one to commit. Never goes back. */
    long committable() {
        return open.isEmpty() ? next : open.first();
    }

    /** Offsets between {@link #committable()} and the last one taken. */
    long ahead() {
        return next - committable();
    }
}
