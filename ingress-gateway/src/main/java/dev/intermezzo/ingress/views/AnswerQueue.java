package dev.intermezzo.ingress.views;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The unanswered facts of one partition, oldest first. They are answered in the order in which they were published, so an
 * answer also settles every older one: that one's answer was missed, or it was never durable. Safe for use by several threads.
 */
final class AnswerQueue {

    /** So many are only reached by an outage of hours; the oldest are forgotten then, and their answers not missed. */
    static final int MOST = 10_000;

    private static final Duration STILL_EXPECTED = Duration.ofMinutes(1);

    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private final ArrayDeque<Unanswered> unanswered = new ArrayDeque<>();
    private final Map<String, Instant> youngestOf = new HashMap<>();
    private final Set<String> eventIds = new HashSet<>();
    private Instant nextProbe = Instant.MIN;

    private record Unanswered(String paymentId, String eventId, Instant since) {}

    synchronized void add(String paymentId, String eventId, Instant at) {
        if (unanswered.size() == MOST) {
            settleOldest();
        }
        unanswered.addLast(new Unanswered(paymentId, eventId, at));
        eventIds.add(eventId);
        youngestOf.put(paymentId, at);
    }

    synchronized void answered(String eventId) {
        if (!eventIds.contains(eventId)) {
            return;
        }
        String settled;
        do {
            settled = settleOldest();
        } while (!settled.equals(eventId));
    }

    private String settleOldest() {
        Unanswered oldest = unanswered.removeFirst();
        eventIds.remove(oldest.eventId());
        youngestOf.remove(oldest.paymentId(), oldest.since());
        return oldest.eventId();
    }

    /** Whether a fact of this payment is unanswered and young enough for its answer to be on its way. */
    synchronized boolean awaits(String paymentId, Instant now) {
        Instant youngest = youngestOf.get(paymentId);
        return youngest != null && now.isBefore(youngest.plus(STILL_EXPECTED));
    }

    /** Whether another may be published: all is well, or it is time to look whether it is. */
    synchronized boolean admits(Instant now, Duration most) {
        if (oldest(now).compareTo(most) <= 0) {
            return true;
        }
        if (now.isBefore(nextProbe)) {
            return false;
        }
        nextProbe = now.plus(BETWEEN_PROBES);
        return true;
    }

    synchronized Duration oldest(Instant now) {
        @Nullable Unanswered first = unanswered.peekFirst();
        return first == null ? Duration.ZERO : Duration.between(first.since(), now);
    }
}
