package dev.intermezzo.ingress.views;

import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How long the orchestrator leaves unanswered what this instance published. Once it is further behind than allowed, a new
 * checkout would only make everybody's wait longer, and is turned away while its buyer can still choose to come back.
 *
 * <p>Each partition counts for itself: one that is being handed over keeps no other payment out. While one is behind, one
 * checkout a second is let through all the same, and its answer tells that all is well again. Safe for use by several
 * threads.
 */
public final class PipelineDelay {

    private final Duration most;
    private final InstantSource clock;
    private final AtomicLong turnedAway = new AtomicLong();
    private volatile List<AnswerQueue> partitions = List.of();

    /** @param most how old the oldest unanswered fact of a partition may be before checkouts are turned away */
    public PipelineDelay(Duration most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Begins to count; before that nothing is behind. */
    public void begin(int partitionsOfEvents) {
        partitions = Stream.generate(AnswerQueue::new).limit(partitionsOfEvents).toList();
    }

    /** A fact is about to be published; its answer is a view that names it. */
    public void asks(String paymentId, String eventId) {
        List<AnswerQueue> now = partitions;
        if (!now.isEmpty()) {
            of(now, paymentId).add(paymentId, eventId, clock.instant());
        }
    }

    /** A view has come that names this fact. */
    public void answered(String paymentId, String eventId) {
        List<AnswerQueue> now = partitions;
        if (!now.isEmpty()) {
            of(now, paymentId).answered(eventId);
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
        if (now.isEmpty() || of(now, paymentId).admits(clock.instant(), most)) {
            return true;
        }
        turnedAway.incrementAndGet();
        return false;
    }

    /** Checkouts that were turned away so far. */
    public long turnedAway() {
        return turnedAway.get();
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
