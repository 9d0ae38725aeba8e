package dev.intermezzo.runtime.pump;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One partition while this instance owns it. The waiting records and the commit marks belong to the polling thread; the
 * watermark is shared with the handlers.
 */
final class Lane {
    private final Queue<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
    private final OffsetWatermark watermark;
    private final CountDownLatch released = new CountDownLatch(1);
    private int working;
    private long committed;
    private long committing;

    /** @param position offset that Kafka holds as committed, where reading begins */
    Lane(long position) {
        this.watermark = new OffsetWatermark(position);
        this.committed = position;
        this.committing = position;
    }

    void add(ConsumerRecord<String, byte[]> record) {
        waiting.add(record);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** The next record to hand out, taken from the watermark's view; null when none waits or the lane is too far ahead. */
    @Nullable
    ConsumerRecord<String, byte[]> take(int maxAhead) {
        ConsumerRecord<String, byte[]> record = waiting.peek();
        if (record == null || isFull(maxAhead)) {
            return null;
        }
        waiting.remove();
        synchronized (this) {
            watermark.take(record.offset());
            working++;
        }
        return record;
    }

    synchronized boolean isFull(int maxAhead) {
        return watermark.ahead() >= maxAhead;
    }

    /** A handler is done with its record, or gives it up: then the record stays open and is handled again later. */
    synchronized void left(long offset, boolean completed) {
        if (completed) {
            watermark.complete(offset);
        }
        working--;
        notifyAll();
    }

    /** The offset to commit when it has moved since the last commit was asked for, else -1. */
    long takeCommit() {
        long offset = committable();
        if (offset == committing) {
            return -1;
        }
        committing = offset;
        return offset;
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /** A commit failed: ask again for everything above the last one that held. */
    void commitFailed() {
        committing = committed;
    }

    boolean hasUncommitted() {
        return committable() != committed;
    }

    synchronized long committable() {
        return watermark.committable();
    }

    /** No record of this lane is begun or tried again from now on. */
    void release() {
        waiting.clear();
        released.countDown();
    }

    boolean isReleased() {
        return released.getCount() == 0;
    }

    /** Pauses before another try; true when the lane was released meanwhile. */
    boolean awaitRelease(Duration pause) throws InterruptedException {
        return released.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until no handler works for this lane; false when the time is over first. */
    synchronized boolean awaitIdle(long deadlineNanos) throws InterruptedException {
        while (working > 0) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
