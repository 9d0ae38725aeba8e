package dev.intermezzo.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes whole partitions whose keys are bytes: changelogs of state stores, and what they are made from. For
 * commands that work while the application is stopped; every call waits until it is done.
 */
public final class RawTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** An open transaction of a killed instance ends within its timeout and the brokers' scan for it. */
    private static final Duration STALLED = Duration.ofSeconds(60);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Admin admin;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;

    public RawTopic(KafkaSettings settings, String clientId) {
        this.admin = KafkaClients.admin(settings, clientId);
        Map<String, Object> reading = KafkaClients.tailConfig(settings, clientId);
        reading.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        this.consumer = KafkaClients.withoutGroup(reading);
        Map<String, Object> writing = KafkaClients.producerConfig(settings, clientId);
        writing.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        // Nobody's page waits for these records, and they come by the million.
        writing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, STALLED.toMillis());
        writing.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) STALLED.toMillis());
        writing.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        this.producer = new KafkaProducer<>(writing);
    }

    /** Offset of the oldest record of each partition. */
    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions);
    }

    /**
     * Reads a partition from its oldest record to where it ends now, read committed. Transactions that are open now are
     * waited for: what they write is part of it or taken back.
     *
     * @throws KafkaException when the partition cannot be read, or stands still for a minute
     */
    public void read(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        long end = TopicAdmin.await(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition))
                .offset();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long moved = System.nanoTime();
        long before = -1;
        while (consumer.position(partition) < end) {
            long position = consumer.position(partition);
            if (position > before) {
                before = position;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STALLED.toNanos()) {
                throw new KafkaException("Reading " + partition + " has not moved for " + STALLED.toSeconds()
                        + " s at offset " + position + "; is a transaction left open?");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    receiver.accept(record);
                }
            }
        }
    }

    /**
     * Writes to a partition; returns when the brokers hold everything.
     *
     * @param values in this order; a null value deletes its key
     * @throws KafkaException when anything could not be written
     */
    public void write(TopicPartition partition, Map<Bytes, byte @Nullable []> values) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        values.forEach((key, value) -> {
            var unused = producer.send(
                    new ProducerRecord<>(partition.topic(), partition.partition(), key.get(), value),
                    (metadata, failed) -> failure.compareAndSet(null, failed));
        });
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException(partition + " could not be written: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
        consumer.close();
        admin.close(CLOSE);
    }
}
