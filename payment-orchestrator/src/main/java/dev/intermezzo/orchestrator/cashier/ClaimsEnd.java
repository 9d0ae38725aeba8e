package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where the committed claims end at a moment, and whether a reader has come so far. For any thread. */
final class ClaimsEnd implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Admin admin;
    private final String topic;

    ClaimsEnd(KafkaSettings kafka) {
        this.admin = KafkaClients.admin(kafka, "once-claims");
        this.topic = kafka.topic(Topics.ONCE_CLAIMS);
    }

    /** Waits until everything that was committed when this was called has been read; false when that took too long. */
    boolean reached(TopicTail reader, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            Map<TopicPartition, Long> ends = ends(deadline);
            while (!reader.readUpTo(ends)) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }

    private Map<TopicPartition, Long> ends(long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        var described = admin.describeTopics(List.of(topic)).allTopicNames().get(left(deadline), TimeUnit.NANOSECONDS);
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        Objects.requireNonNull(described.get(topic))
                .partitions()
                .forEach(each -> asked.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get(left(deadline), TimeUnit.NANOSECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static long left(long deadline) {
        return Math.max(1, deadline - System.nanoTime());
    }
}
