package dev.intermezzo.runtime.pump;

import dev.intermezzo.runtime.lifecycle.Stage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from a topic and has each handled on a virtual thread of its own, at least once.
 *
 * <ul>
 *   <li>A record is done when the stage its handler returned completes; until then, also when the handler throws, it is
 *       handled again after a pause, as long as this instance owns its partition.
 *   <li>The committed offset is, per partition, the first record that is not done: nothing is lost when the instance dies,
 *       and at most what finished beyond that offset is handled again.
 *   <li>No order is kept, also not per key: there are never two open commands for one attempt. Those of one share that
 *       wait for a place begin in the order in which they were read.
 *   <li>One share, such as a provider that does not answer, has only a part of the slots
 *       ({@link PumpSettings#maxShare()}); its further records wait in a line outside them while others are handled.
 *   <li>In-flight records are bounded over all partitions, and each partition may run only so far ahead of its oldest
 *       unfinished record; beyond that, its intake pauses while the others go on.
 *   <li>When a partition is revoked, its intake stops, its records have {@link PumpSettings#drain()} to finish, and the
 *       rest is abandoned to the next owner. Results carry the command's id, so a repeat is recognised.
 * </ul>
 *
 * @param <T> what a handler's stage completes with, typically the acknowledgement of the published result; not looked at
 */
public final class CommandPump<T> implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(CommandPump.class);
    /** While nothing waits, how long a poll may sleep; bounds how late a watermark is committed. */
    private static final Duration IDLE_POLL = Duration.ofMillis(50);
    /** While records wait for a free slot, how soon slots are looked at again. */
    private static final Duration BUSY_POLL = Duration.ofMillis(5);

    private static final Duration COMMIT_AT_END = Duration.ofSeconds(2);

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final Function<? super ConsumerRecord<String, byte[]>, Work<T>> reader;
    private final PumpSettings settings;
    private final Semaphore slots;
    private final Shares<Task<T>> shares;
    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
    private final Thread thread;
    private final CountDownLatch joined = new CountDownLatch(1);
    private BooleanSupplier begin = () -> true;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failure;
    private long nextCommitNanos;

    /** A record that was read, and the lane that it holds up until it is done. */
    private record Task<T>(Lane lane, ConsumerRecord<String, byte[]> record, Work<T> work) {}

    /**
     * Of records that have no shares.
     *
     * @param consumer in a group, without automatic commits; closed by this pump
     * @param topic full name
     * @param handler does the one thing; called on a virtual thread, may block
     */
    public CommandPump(
            Consumer<String, byte[]> consumer,
            String topic,
            Function<? super ConsumerRecord<String, byte[]>, ? extends CompletionStage<T>> handler,
            PumpSettings settings) {
        this(settings, consumer, topic, record -> Work.of(() -> handler.apply(record)));
    }

    private CommandPump(
            PumpSettings settings,
            Consumer<String, byte[]> consumer,
            String topic,
            Function<? super ConsumerRecord<String, byte[]>, Work<T>> reader) {
        this.consumer = consumer;
        this.topic = topic;
        this.reader = reader;
        this.settings = settings;
        this.slots = new Semaphore(settings.maxInFlight());
        this.shares = new Shares<>(settings.placesOfShare());
        this.thread = Thread.ofPlatform().name("pump-" + topic).unstarted(this::run);
    }

    /**
     * Of records that say whose time they take.
     *
     * @param consumer in a group, without automatic commits; closed by this pump
     * @param topic full name
     * @param reader says what a record asks for; called on a virtual thread, in a slot. It may block, but for no partner;
     *     when it throws it is called again, as a handler
     */
    public static <T> CommandPump<T> sharing(
            Consumer<String, byte[]> consumer,
            String topic,
            Function<? super ConsumerRecord<String, byte[]>, Work<T>> reader,
            PumpSettings settings) {
        return new CommandPump<>(settings, consumer, topic, reader);
    }

    /**
     * Registers what is in hand.
     *
     * @param stage label; the same after a restart
     */
    public void measure(MeterRegistry meters, String stage) {
        Gauge.builder("intermezzo.commands.in.flight", this, CommandPump::inFlight)
                .description("Commands being worked on")
                .tag("stage", stage)
                .register(meters);
        Gauge.builder("intermezzo.commands.deferred", this, CommandPump::deferred)
                .description("Commands that wait because those before them have the whole share of one partner")
                .tag("stage", stage)
                .register(meters);
    }

    @Override
    public String name() {
        return "pump " + topic;
    }

    @Override
    public void start() {
        startWhen(() -> true);
    }

    /**
     * Starts, but joins the group only once {@code known} holds: for handlers that would answer wrongly before, such as those
     * that look merchants up.
     */
    public void startWhen(BooleanSupplier known) {
        begin = known;
        thread.start();
    }

    @Override
    public boolean ready() {
        return joined.getCount() == 0 && alive();
    }

    @Override
    public String notReadyBecause() {
        RuntimeException failed = failure;
        if (failed != null) {
            return "Taking commands from " + topic + " failed: " + failed.getMessage();
        }
        return ready() ? "" : "Not yet a member of the group that takes commands from " + topic + ".";
    }

    @Override
    public boolean alive() {
        return failure == null;
    }

    /** Records being handled now. */
    public int inFlight() {
        return settings.maxInFlight() - slots.availablePermits();
    }

    /** Records that wait for a place of their share. */
    public int deferred() {
        return shares.waiting();
    }

    /** Stops intake, lets records finish for {@link PumpSettings#drain()}, commits, and leaves the group. */
    @Override
    public void close() {
        if (!closing) {
            closing = true;
            if (thread.getState() == Thread.State.NEW) {
                consumer.close();
                return;
            }
            consumer.wakeup();
        }
        if (!thread.isAlive() || Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(settings.drain().plus(COMMIT_AT_END.multipliedBy(2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing && !begin.getAsBoolean()) {
                LockSupport.parkNanos(IDLE_POLL.toNanos());
            }
            nextCommitNanos = System.nanoTime();
            consumer.subscribe(List.of(topic), new Ownership());
            while (!closing) {
                turn();
            }
        } catch (WakeupException e) {
            // close() was called
        } catch (RuntimeException e) {
            failure = e;
            LOG.atError().addKeyValue("topic", topic).setCause(e).log("the pump stopped");
        } finally {
            end();
        }
    }

    private void end() {
        try {
            release(List.copyOf(lanes.keySet()));
            consumer.close(CloseOptions.timeout(COMMIT_AT_END)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("the pump's consumer was not closed in order");
        }
    }

    private void turn() {
        boolean waiting = handOut();
        throttle();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(waiting ? BUSY_POLL : IDLE_POLL)) {
            Lane lane = lanes.get(new TopicPartition(record.topic(), record.partition()));
            if (lane == null) {
                throw new IllegalStateException("a record of partition " + record.partition() + ", which is not owned");
            }
            lane.add(record);
        }
        handOut();
        if (System.nanoTime() - nextCommitNanos >= 0) {
            nextCommitNanos = System.nanoTime() + settings.commitInterval().toNanos();
            commit();
        }
    }

    /** Hands records to handlers while slots are free, one per partition in turn; true when some still wait. */
    private boolean handOut() {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Lane lane : lanes.values()) {
                if (shares.waiting() >= settings.maxDeferred() || !slots.tryAcquire()) {
                    return true;
                }
                ConsumerRecord<String, byte[]> record = lane.take(settings.maxAhead());
                if (record == null) {
                    slots.release();
                } else {
                    Thread.ofVirtual().name("command-", record.offset()).start(() -> begin(lane, record));
                    progress = true;
                }
            }
        }
        return lanes.values().stream().anyMatch(Lane::hasWaiting);
    }

    /** Fetches only for partitions whose earlier records have all been handed out. */
    private void throttle() {
        Map<Boolean, List<TopicPartition>> byIntake =
                lanes.keySet().stream().collect(Collectors.partitioningBy(this::takesMore));
        consumer.pause(byIntake.getOrDefault(false, List.of()));
        consumer.resume(byIntake.getOrDefault(true, List.of()));
    }

    private boolean takesMore(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        return lane != null && !lane.hasWaiting() && !lane.isFull(settings.maxAhead());
    }

    /** Reads a record in a slot, and goes on in it or leaves it to others until its share has a place. */
    private void begin(Lane lane, ConsumerRecord<String, byte[]> record) {
        @Nullable Work<T> work = null;
        try {
            work = read(lane, record);
        } finally {
            if (work == null) {
                lane.left(record.offset(), false);
                slots.release();
            }
        }
        if (work != null) {
            Task<T> task = new Task<>(lane, record, work);
            if (work.share() == null || shares.enter(work.share(), task)) {
                work(task);
            } else {
                slots.release();
                if (lane.isReleased()) {
                    withdraw();
                }
            }
        }
    }

    /** What the record asks for; null when its lane was released before that was known. */
    private @Nullable Work<T> read(Lane lane, ConsumerRecord<String, byte[]> record) {
        AtomicReference<@Nullable Work<T>> read = new AtomicReference<>();
        untilDone(lane, record, () -> read.set(reader.apply(record)));
        return read.get();
    }

    /** Does what a record asks for, in a slot and in a place of its share, and hands both on. */
    private void work(Task<T> task) {
        boolean completed = false;
        try {
            completed = untilDone(
                    task.lane(),
                    task.record(),
                    () -> task.work().act().get().toCompletableFuture().join());
        } finally {
            task.lane().left(task.record().offset(), completed);
            String share = task.work().share();
            Task<T> next = share == null ? null : shares.leave(share);
            if (next == null) {
                slots.release();
            } else {
                Thread.ofVirtual().name("command-", next.record().offset()).start(() -> work(next));
            }
        }
    }

    /** Gives up what stands in line for lanes that were released: their next owner takes it. */
    private void withdraw() {
        shares.withdraw(task -> task.lane().isReleased())
                .forEach(task -> task.lane().left(task.record().offset(), false));
    }

    /** Tries again, with growing pauses, until it is done; false when the lane was released first. */
    private boolean untilDone(Lane lane, ConsumerRecord<String, byte[]> record, Runnable step) {
        try {
            Duration pause = settings.retryFirst();
            while (!lane.isReleased()) {
                if (attempt(record, step)) {
                    return true;
                }
                lane.awaitRelease(pause);
                pause = shorter(pause.multipliedBy(2), settings.retryMost());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean attempt(ConsumerRecord<String, byte[]> record, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("key", record.key())
                    .setCause(cause)
                    .log("handling a command failed, trying again");
            return false;
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        lanes.forEach((partition, lane) -> {
            long offset = lane.takeCommit();
            if (offset >= 0) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        });
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, this::committed);
        }
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception error) {
        if (error != null) {
            LOG.atDebug().addKeyValue("topic", topic).setCause(error).log("a commit failed, trying again");
        }
        offsets.forEach((partition, offset) -> {
            Lane lane = lanes.get(partition);
            if (lane != null && error == null) {
                lane.committed(offset.offset());
            } else if (lane != null) {
                lane.commitFailed();
            }
        });
    }

    /** Stops intake of these partitions, lets their records finish for a while, and commits what is done. */
    private void release(Collection<TopicPartition> partitions) {
        long deadline = System.nanoTime() + settings.drain().toNanos();
        Map<TopicPartition, Lane> leaving = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.remove(partition);
            if (lane != null) {
                lane.release();
                leaving.put(partition, lane);
            }
        }
        withdraw();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        leaving.forEach((partition, lane) -> {
            if (!awaitIdle(lane, deadline)) {
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("partition", partition.partition())
                        .log("unfinished commands are left to the partition's next owner");
            }
            if (lane.hasUncommitted()) {
                offsets.put(partition, new OffsetAndMetadata(lane.committable()));
            }
        });
        commitNow(offsets);
    }

    private void commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_AT_END);
        } catch (WakeupException e) {
            // close() came in between; the commit is wanted all the same
            commitNow(offsets);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .setCause(e)
                    .log("the last commit failed; the partition's next owner handles some commands again");
        }
    }

    private static boolean awaitIdle(Lane lane, long deadline) {
        try {
            return lane.awaitIdle(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Called on the polling thread. */
    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> lanes.put(partition, new Lane(consumer.position(partition))));
            joined.countDown();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            release(partitions);
        }

        /** Another instance owns them already: nothing may be committed. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                Lane lane = lanes.remove(partition);
                if (lane != null) {
                    lane.release();
                }
            }
            withdraw();
        }
    }
}
