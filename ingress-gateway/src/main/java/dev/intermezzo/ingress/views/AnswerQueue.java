package dev.intermezzo.ingress.views;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private final Map<String, Unanswered> unanswered = new LinkedHashMap<>();
    private final Map<String, Instant> youngestOf = new HashMap<>();
    private final Duration mostBehind;
    private final AnswerRoom room;
    private Instant nextProbe = Instant.MIN;

    private record Unanswered(String paymentId, Instant since) {}

    /** Whether another may be published, for all that the oldest one's age tells. */
    enum Admission {
        /** It is young enough. */
        IN_TIME,
        /** It is too old, and it is time to look whether all is well again. */
        PROBE,
        /** It is too old. */
        BEHIND
    }

    /**
     * @param mostBehind how old the oldest may be before nothing but a probe is admitted
     * @param room how many there may be
     */
    AnswerQueue(Duration mostBehind, AnswerRoom room) {
        this.mostBehind = mostBehind;
        this.room = room;
    }

    synchronized void add(String paymentId, String eventId, Instant at) {
        if (unanswered.size() == MOST) {
            forgetOldest();
        }
        unanswered.put(eventId, new Unanswered(paymentId, at));
        youngestOf.put(paymentId, at);
    }

    /** It will not be published after all. */
    synchronized void withdraw(String eventId) {
        @Nullable Unanswered withdrawn = unanswered.remove(eventId);
        if (withdrawn != null) {
            youngestOf.remove(withdrawn.paymentId(), withdrawn.since());
        }
    }

    synchronized void answered(String eventId, Instant now) {
        if (!unanswered.containsKey(eventId)) {
            return;
        }
        Instant waitingSince = now.minus(oldest(now));
        int settled = 1;
        while (!forgetOldest().equals(eventId)) {
            settled++;
        }
        room.answered(settled, now, waitingSince);
    }

    private String forgetOldest() {
        Iterator<Map.Entry<String, Unanswered>> each = unanswered.entrySet().iterator();
        Map.Entry<String, Unanswered> oldest = each.next();
        each.remove();
        youngestOf.remove(oldest.getValue().paymentId(), oldest.getValue().since());
        return oldest.getKey();
    }

    /** Whether a fact of this payment is unanswered and young enough for its answer to be on its way. */
    synchronized boolean awaits(String paymentId, Instant now) {
        Instant youngest = youngestOf.get(paymentId);
        return youngest != null && now.isBefore(youngest.plus(STILL_EXPECTED));
    }

    synchronized Admission admits(Instant now) {
        if (oldest(now).compareTo(mostBehind) <= 0) {
            return Admission.IN_TIME;
        }
        if (now.isBefore(nextProbe)) {
            return Admission.BEHIND;
        }
        nextProbe = now.plus(BETWEEN_PROBES);
        return Admission.PROBE;
    }

    /** How many more there is room for; below zero when there are too many. */
    synchronized long left(Instant now) {
        return room.left(unanswered.size(), now, unanswered.isEmpty() ? null : now.minus(oldest(now)));
    }

    synchronized Duration oldest(Instant now) {
        return unanswered.isEmpty()
                ? Duration.ZERO
                : Duration.between(unanswered.values().iterator().next().since(), now);
    }

    synchronized int size() {
        return unanswered.size();
    }
}
