package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that claims: polls, claims in order, notes what was reported, and reports claims whose executor is gone.
 * After an error of Kafka's it begins anew at the committed offset with a new consumer and a new producer.
 */
final class OnceLoop implements AutoCloseable {
    /** Calls under way at once. They are few and dear; a pay-out that waits its turn is refused after two minutes. */
    static final int MAX_IN_FLIGHT = 50;

    /**
     * What tests choose otherwise.
     *
     * @param group without prefix
     * @param reportSlack a report's way to Kafka beyond the call's own deadline; later the executor counts as gone
     */
    record Bounds(String group, Duration reportSlack) {
        static final Bounds USUAL = new Bounds(Topics.ONCE_GROUP, Duration.ofSeconds(10));
    }

    private static final Logger LOG = LoggerFactory.getLogger(OnceLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);
    private static final Duration CLOSE_SLACK = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final OnceIntake intake;
    private final OnceExecution execution;
    private final ClaimBook book;
    private final Duration callDeadline;
    private final Bounds bounds;
    private final InstantSource clock;
    private final String topic;
    private final Semaphore slots = new Semaphore(MAX_IN_FLIGHT);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("once-commands").unstarted(this::run);
    private BooleanSupplier begin = () -> true;
    private volatile boolean joined;
    private volatile @Nullable String stopped;
    private boolean assigned;
    /** By a clock that nobody sets: after a jump ahead and back no claim would be looked at for as long as the jump. */
    private long nextSweepNanos = System.nanoTime();

    OnceLoop(
            KafkaSettings kafka,
            OnceIntake intake,
            OnceExecution execution,
            ClaimBook book,
            Duration callDeadline,
            Bounds bounds,
            InstantSource clock) {
        this.kafka = kafka;
        this.intake = intake;
        this.execution = execution;
        this.book = book;
        this.callDeadline = callDeadline;
        this.bounds = bounds;
        this.clock = clock;
        this.topic = kafka.topic(Topics.ONCE_COMMANDS);
    }

    void startWhen(BooleanSupplier known) {
        begin = known;
        thread.start();
    }

    boolean alive() {
        return stopped == null && thread.isAlive();
    }

    String notReadyBecause() {
        String why = stopped;
        if (why != null) {
            return why;
        }
        return joined ? "" : "No partition of " + topic + " has been assigned yet.";
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(callDeadline.plus(CLOSE_SLACK).plus(CLOSE_SLACK));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!begin.getAsBoolean() && !pause(POLL)) {
            // waits for merchants and claims
        }
        while (!closed() && stopped == null) {
            try (Consumer<String, byte[]> consumer =
                            KafkaClients.consumer(kafka, bounds.group(), "once", KafkaClients.Start.REFUSE);
                    ClaimWriter writer = new ClaimWriter(kafka)) {
                work(consumer, writer);
            } catch (InvalidOffsetException e) {
                stop(e);
            } catch (KafkaException | CompletionException e) {
                LOG.atWarn().setCause(e).log("claiming failed, beginning anew at the committed offset");
                pause(AFTER_ERROR);
            } finally {
                joined = false;
            }
        }
    }

    private void work(Consumer<String, byte[]> consumer, ClaimWriter writer) {
        consumer.subscribe(List.of(topic), new OnAssigned());
        while (!closed() && turn(consumer, writer)) {
            // until the end
        }
        awaitCalls();
        noteReported(writer);
    }

    /** @return false when the end has come */
    private boolean turn(Consumer<String, byte[]> consumer, ClaimWriter writer) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (assigned && !readClaims(consumer)) {
            return false;
        }
        for (ConsumerRecord<String, byte[]> record : records) {
            if (!freeSlot()) {
                return false;
            }
            take(record, consumer, writer);
        }
        noteReported(writer);
        sweep(consumer);
        return true;
    }

    /** A slot is taken before the claim, whose five seconds would otherwise pass in waiting. */
    private void take(ConsumerRecord<String, byte[]> record, Consumer<String, byte[]> consumer, ClaimWriter writer) {
        try {
            intake.take(record, writer, consumer.groupMetadata(), slots::release);
        } catch (RuntimeException e) {
            slots.release();
            throw e;
        }
    }

    /** Who takes over partitions first reads every claim that was committed before. */
    private boolean readClaims(Consumer<String, byte[]> consumer) {
        String claims = kafka.topic(Topics.ONCE_CLAIMS);
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.partitionsFor(claims).stream()
                .map(partition -> new TopicPartition(claims, partition.partition()))
                .toList());
        while (!book.readUpTo(ends)) {
            if (pause(Duration.ofMillis(10))) {
                return false;
            }
        }
        assigned = false;
        joined = true;
        return true;
    }

    private void noteReported(ClaimWriter writer) {
        List<ExecutionClaim> reported = execution.takeReported();
        if (reported.isEmpty()) {
            return;
        }
        try {
            writer.note(reported);
        } catch (RuntimeException e) {
            execution.giveBack(reported);
            throw e;
        }
    }

    /** Claims of payments that this instance answers for, and whose executor must have ended long ago. */
    private void sweep(Consumer<String, byte[]> consumer) {
        if (!joined || System.nanoTime() - nextSweepNanos < 0) {
            return;
        }
        nextSweepNanos = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
        Instant ended = clock.instant()
                .minus(OnceDecision.ACT_WITHIN)
                .minus(callDeadline)
                .minus(bounds.reportSlack());
        List<ExecutionClaim> left = book.unreported().stream()
                .filter(claim -> claim.getOccurredAt().isBefore(ended) && !execution.runs(claim.getCommandId()))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        int partitions = consumer.partitionsFor(topic).size();
        left.stream()
                .filter(claim -> consumer.assignment().contains(partition(claim, partitions)))
                .forEach(execution::reportUnknown);
    }

    /** Where the command lay. */
    private TopicPartition partition(ExecutionClaim claim, int partitions) {
        return new TopicPartition(topic, Topics.partitionOf(claim.getPaymentId(), partitions));
    }

    private boolean freeSlot() {
        try {
            while (!slots.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                if (closed()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitCalls() {
        try {
            if (!slots.tryAcquire(MAX_IN_FLIGHT, callDeadline.plus(CLOSE_SLACK).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("calls were abandoned at the end; their commands will be reported as unknown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without a position nobody knows what was done: going on would repeat or skip money. */
    private void stop(InvalidOffsetException e) {
        String sentence = "The group " + kafka.named(bounds.group()) + " has no usable offset on " + e.partitions()
                + ". Run 'intermezzo topics apply', which commits the first offsets and says from where,"
                + " then start this stage again.";
        stopped = sentence;
        LOG.atError().log(sentence);
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    /** @return whether the end has come */
    private boolean pause(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private final class OnAssigned implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned = true;
        }

        /** Claims are committed one by one, and calls under way belong to their claim: there is nothing to hand over. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }
}
