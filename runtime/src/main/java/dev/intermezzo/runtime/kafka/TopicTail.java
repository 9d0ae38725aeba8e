package dev.intermezzo.runtime.kafka;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every partition of a topic without a group, from its beginning or its end, on a thread of its own.
 *
 * <p>Records of a partition arrive in order, on one thread. After a Kafka error it goes on where it stopped; only when the
 * log has lost that position (retention) does it begin anew at the oldest record, so a receiver must take repeats.
 */
public final class TopicTail implements AutoCloseable {
    /** Where a tail begins. */
    public enum From {
        BEGINNING,
        END
    }

    /** Takes one record; an exception is logged and counted, and the record is passed over. */
    @FunctionalInterface
    public interface Receiver {
        void receive(ConsumerRecord<String, byte[]> record);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    /** How long one question waits in the client; a record that comes ends it at once. */
    static final Duration POLL = Duration.ofMillis(100);

    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String topic;
    private final From from;
    private final Receiver receiver;
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private final LongAdder passedOver = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<String, byte[]> current;

    /**
     * @param consumers makes a consumer without a group, see {@link KafkaClients#tail}; called again after an error
     * @param topic full name
     */
    public TopicTail(Supplier<Consumer<String, byte[]>> consumers, String topic, From from, Receiver receiver) {
        this.consumers = consumers;
        this.topic = topic;
        this.from = from;
        this.receiver = receiver;
        this.thread = Thread.ofPlatform().daemon().name("tail-" + topic).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /**
     * Registers how many records were passed over.
     *
     * @param stage label; the same after a restart
     * @param topic label: its name without the installation's prefix
     */
    public void measure(MeterRegistry meters, String stage, String topic) {
        FunctionCounter.builder("intermezzo.records.passed.over", passedOver, LongAdder::doubleValue)
                .description(
                        "Records of a followed topic that could not be taken; what was known before stays in force")
                .tag("stage", stage)
                .tag("topic", topic)
                .register(meters);
    }

    /** Everything that was there when it began has been received. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits until {@link #caughtUp()}; false when the time is over first. */
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Every committed record before these positions has been received. */
    public boolean readUpTo(Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream().allMatch(wanted -> next(wanted.getKey()) >= wanted.getValue());
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (Thread.currentThread() == thread || !thread.isAlive()) {
            return;
        }
        try {
            thread.join(CLOSE.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!closed()) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException e) {
                // close() was called
            } catch (OffsetOutOfRangeException e) {
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .log("the position is not in the log any more, beginning at the oldest record");
                next.replaceAll((partition, position) -> 0L);
            } catch (KafkaException e) {
                LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("following a topic failed, trying again");
                pause();
            } finally {
                current = null;
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        if (partitions.isEmpty()) {
            LOG.atWarn().addKeyValue("topic", topic).log("a topic to follow is missing, trying again");
            pause();
            return;
        }
        consumer.assign(partitions);
        position(consumer, partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!closed()) {
            if (!caughtUp() && ends.entrySet().stream().allMatch(end -> next(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
            }
            consumer.poll(POLL).forEach(this::receive);
            partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
        }
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        @Nullable List<PartitionInfo> known = consumer.partitionsFor(topic);
        return known == null
                ? List.of()
                : known.stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
    }

    private void position(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> first = from == From.BEGINNING ? oldest : consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long wanted = next.computeIfAbsent(partition, unseen -> first.getOrDefault(unseen, 0L));
            long position = Math.max(wanted, oldest.getOrDefault(partition, 0L));
            next.put(partition, position);
            consumer.seek(partition, position);
        }
    }

    private void receive(ConsumerRecord<String, byte[]> record) {
        try {
            receiver.receive(record);
        } catch (RuntimeException e) {
            passedOver.increment();
            LOG.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("key", record.key())
                    .setCause(e)
                    .log("a record was passed over");
        }
    }

    private long next(TopicPartition partition) {
        return next.getOrDefault(partition, 0L);
    }

    private void pause() {
        try {
            if (closing.await(AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atDebug().addKeyValue("topic", topic).log("stopped following");
            }
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
