package dev.intermezzo.simulator.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Virtual time: what is to happen, in order. One thing happens at a time, and time jumps from one to the next. What is due at
 * the same microsecond happens in the order in which it was asked for.
 */
public final class Agenda implements InstantSource {
    private final PriorityQueue<Item> queue =
            new PriorityQueue<>(Comparator.comparing(Item::due).thenComparingLong(Item::number));
    private Instant now;
    private long asked;

    private record Item(Instant due, long number, Runnable work) {}

    public Agenda(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Asks for something at a time; a time that has passed means now. */
    public void at(Instant due, Runnable work) {
        Instant time = due.isBefore(now) ? now : due.truncatedTo(ChronoUnit.MICROS);
        queue.add(new Item(time.isBefore(now) ? now : time, asked++, work));
    }

    /** Asks for something after a while. */
    public void after(Duration wait, Runnable work) {
        at(now.plus(wait), work);
    }

    /** Lets the next thing happen; false when nothing is left. */
    public boolean step() {
        Item next = queue.poll();
        if (next == null) {
            return false;
        }
        now = next.due();
        next.work().run();
        return true;
    }
}
