package dev.intermezzo.ingress.views;

import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What the orchestrator leaves unanswered of what this instance published, and for how long. Where more waits than is
 * answered in time, or anything waits for longer than a hand-over takes, a new checkout would only make everybody's wait
 * longer, and is turned away while its buyer can still choose to come back.
 *
 * <p>Ages count for each partition: one that is being handed over keeps no other payment out. While one is behind, one
 * checkout a second is let through all the same, and its answer tells that all is well again. Safe for use by several
 * threads.
 */
public final class PipelineDelay {

    private final Duration mostBehind;
    private final Duration answerWithin;
    private final InstantSource clock;
    private final AtomicLong behind = new AtomicLong();
    private final AtomicLong full = new AtomicLong();
    private volatile List<AnswerQueue> partitions = List.of();

    /**
     * @param mostBehind how old the oldest unanswered fact of a partition may be before checkouts are turned away
     * @param answerWithin how long an answer may take, at the pace at which a partition answers, before they are
     */
    public PipelineDelay(Duration mostBehind, Duration answerWithin, InstantSource clock) {
        this.mostBehind = mostBehind;
        this.answerWithin = answerWithin;
        this.clock = clock;
    }

    /** Begins to count; before that nothing is behind. */
    public void begin(int partitionsOfEvents) {
        partitions = Stream.generate(
                        () -> new AnswerQueue(mostBehind, new AnswerRoom(answerWithin, partitionsOfEvents)))
                .limit(partitionsOfEvents)
                .toList();
    }

    /** A fact is about to be published; its answer is a view that names it. */
    public void asks(String paymentId, String eventId) {
        List<AnswerQueue> now = partitions;
        if (!now.isEmpty()) {
            of(now, paymentId).add(paymentId, eventId, clock.instant());
        }
    }

    /** A fact that was about to be published is not. */
    public void withdraws(String paymentId, String eventId) {
        List<AnswerQueue> now = partitions;
        if (!now.isEmpty()) {
            of(now, paymentId).withdraw(eventId);
        }
    }

    /** A view has come that names this fact. */
    public void answered(String paymentId, String eventId) {
        List<AnswerQueue> now = partitions;
        if (!now.isEmpty()) {
            of(now, paymentId).answered(eventId, clock.instant());
        }
    }

    /** Whether a view of this payment will come without being asked for. */
    boolean awaits(String paymentId) {
        List<AnswerQueue> now = partitions;
        return !now.isEmpty() && of(now, paymentId).awaits(paymentId, clock.instant());
    }

    /** Whether a checkout that begins this payment may be published now. */
    public boolean admits(String paymentId) {
        List<AnswerQueue> now = partitions;
        if (now.isEmpty()) {
            return true;
        }
        Instant at = clock.instant();
        return switch (of(now, paymentId).admits(at)) {
            case IN_TIME -> hasRoom(now, at);
            case PROBE -> true;
            case BEHIND -> {
                behind.incrementAndGet();
                yield false;
            }
        };
    }

    /** Partitions share their room: the few places of each would often be taken while others are free. */
    private boolean hasRoom(List<AnswerQueue> all, Instant at) {
        if (all.stream().mapToLong(queue -> queue.left(at)).sum() > 0) {
            return true;
        }
        full.incrementAndGet();
        return false;
    }

    /** Checkouts that were turned away so far because a fact had waited for too long. */
    public long turnedAwayBehind() {
        return behind.get();
    }

    /** Checkouts that were turned away so far because too many facts waited before them. */
    public long turnedAwayFull() {
        return full.get();
    }

    /** Facts that have not been answered. */
    public int unanswered() {
        return partitions.stream().mapToInt(AnswerQueue::size).sum();
    }

    /** The age of the oldest fact that has not been answered; zero when all have. */
    public Duration oldest() {
        Instant at = clock.instant();
        return partitions.stream()
                .map(queue -> queue.oldest(at))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static AnswerQueue of(List<AnswerQueue> partitions, String paymentId) {
        return partitions.get(Topics.partitionOf(paymentId, partitions.size()));
    }
}
