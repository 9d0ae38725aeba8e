package dev.intermezzo.cli.kafka;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic once, read committed, from its oldest record to where it ended when the scan began. Records of a
 * partition come in the order of their offsets; partitions are mixed. Nothing is kept.
 */
public final class TopicScan {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final KafkaSettings settings;
    private final String client;
    private final String topic;

    public TopicScan(KafkaSettings settings, Topic<?> topic) {
        this(settings, "cli-" + topic.name(), settings.topic(topic));
    }

    /**
     * @param client for the brokers' logs
     * @param topic full name, of a topic that Kafka Streams made
     */
    public TopicScan(KafkaSettings settings, String client, String topic) {
        this.settings = settings;
        this.client = client;
        this.topic = topic;
    }

    /**
     * Every partition.
     *
     * @throws CommandFailure {@code topic-missing}, {@code kafka-unreachable} or {@code kafka-stalled}
     */
    public void all(Consumer<ConsumerRecord<String, byte[]>> receiver) {
        read((partition, partitions) -> true, receiver);
    }

    /** Only the partition where records with this key are. */
    public void whereKeyIs(String key, Consumer<ConsumerRecord<String, byte[]>> receiver) {
        read((partition, partitions) -> partition == Topics.partitionOf(key, partitions), receiver);
    }

    private interface Choice {
        boolean takes(int partition, int partitions);
    }

    private void read(Choice choice, Consumer<ConsumerRecord<String, byte[]>> receiver) {
        try (var consumer = KafkaClients.tail(settings, client)) {
            @Nullable List<PartitionInfo> known = consumer.partitionsFor(topic, ANSWER);
            if (known == null || known.isEmpty()) {
                throw new CommandFailure("topic-missing", "There is no topic " + topic + ".");
            }
            List<TopicPartition> partitions = partitions(known, partition -> choice.takes(partition, known.size()));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
            follow(consumer, ends, receiver);
        } catch (KafkaException e) {
            throw KafkaConnection.unreachable(settings.bootstrapServers(), e);
        }
    }

    private static List<TopicPartition> partitions(List<PartitionInfo> known, IntPredicate wanted) {
        return known.stream()
                .filter(info -> wanted.test(info.partition()))
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void follow(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<String, byte[]>> receiver) {
        long moved = System.nanoTime();
        long before = -1;
        while (true) {
            long reached = 0;
            boolean done = true;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                long position = consumer.position(end.getKey(), ANSWER);
                reached += position;
                done &= position >= end.getValue();
            }
            if (done) {
                return;
            }
            if (reached > before) {
                before = reached;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STALLED.toNanos()) {
                throw new CommandFailure(
                        "kafka-stalled",
                        "Reading " + topic + " has not moved for " + STALLED.toSeconds()
                                + " s; is every partition's leader up?");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                // Records beyond the end belong to the next scan: a busy topic would otherwise never end.
                Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                if (end != null && record.offset() < end) {
                    receiver.accept(record);
                }
            }
        }
    }
}
