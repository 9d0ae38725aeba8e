package dev.intermezzo.runtime.pump;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Divides a pump's slots among those for whom it works, so that one who does not answer has only his share of them. Beyond
 * it, works stand in a line outside the slots, first come first served; one that ends hands its place to the next of its
 * line.
 *
 * <p>Knows only shares that have something under way. Safe for several threads.
 */
final class Shares<E> {
    private final int most;
    private final Map<String, Share<E>> shares = new HashMap<>();
    private int waiting;

    /** @param most places of one share */
    Shares(int most) {
        this.most = most;
    }

    /** Takes a place, or stands in line for one; true when the work may begin at once. */
    synchronized boolean enter(String name, E work) {
        Share<E> share = shares.computeIfAbsent(name, first -> new Share<>());
        if (share.working < most) {
            share.working++;
            return true;
        }
        share.line.add(work);
        waiting++;
        return false;
    }

    /** Gives a place back; the work that has it from now on, or null when nobody waits for it. */
    synchronized @Nullable E leave(String name) {
        Share<E> share = Objects.requireNonNull(shares.get(name), "nobody works for this share");
        E next = share.line.poll();
        if (next != null) {
            waiting--;
            return next;
        }
        share.working--;
        if (share.working == 0) {
            shares.remove(name);
        }
        return null;
    }

    /** Takes works out of their lines; those that have a place keep it. */
    synchronized List<E> withdraw(Predicate<? super E> unwanted) {
        List<E> withdrawn = new ArrayList<>();
        for (Share<E> share : shares.values()) {
            share.line.removeIf(work -> unwanted.test(work) && withdrawn.add(work));
        }
        waiting -= withdrawn.size();
        return withdrawn;
    }

    /** Works that stand in a line. */
    synchronized int waiting() {
        return waiting;
    }

    private static final class Share<E> {
        private final Queue<E> line = new ArrayDeque<>();
        private int working;
    }
}
