package dev.intermezzo.runtime.kafka;

import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and sends values of one type. Several may share one Kafka producer, which stays the caller's to close.
 *
 * <p>Safe for use by several threads. {@code send} may block up to the producer's {@code max.block.ms} (1 s) when metadata
 * or buffer space is missing; every failure, that one included, arrives in the future.
 */
public final class TypedProducer<T extends SpecificRecordBase> {
    private static final int WARM_UP_TRIES = 15;

    private final RecordSender sender;
    private final KafkaSettings settings;
    private final Map<Class<T>, Codec<T>> codecs = new ConcurrentHashMap<>();

    public TypedProducer(Producer<String, byte[]> producer, KafkaSettings settings) {
        this(RecordSender.of(producer), settings);
    }

    public TypedProducer(RecordSender sender, KafkaSettings settings) {
        this.sender = sender;
        this.settings = settings;
    }

    /** Completes when all in-sync replicas hold the record. */
    public CompletableFuture<RecordMetadata> send(Topic<T> topic, String key, T value) {
        return send(topic, key, value, Map.of());
    }

    /** The same with headers, such as {@code traceparent}. */
    public CompletableFuture<RecordMetadata> send(Topic<T> topic, String key, T value, Map<String, String> headers) {
        byte[] bytes = codecs.computeIfAbsent(topic.value(), Codec::of).encode(value);
        return sendBytes(topic, key, bytes, headers);
    }

    /** Writes a tombstone: the key's value is forgotten when the topic is compacted. */
    public CompletableFuture<RecordMetadata> forget(Topic<T> topic, String key) {
        return sendBytes(topic, key, null, Map.of());
    }

    /**
     * Fetches the topic's metadata before the first send, which would otherwise wait for it, and does so more patiently
     * than a send may.
     *
     * @return how many partitions it has
     * @throws TimeoutException when it could not be had in {@value #WARM_UP_TRIES} tries of {@code max.block.ms}
     */
    public int warmUp(Topic<T> topic) {
        for (int tries = 1; ; tries++) {
            try {
                return sender.warmUp(settings.topic(topic));
            } catch (TimeoutException e) {
                if (tries == WARM_UP_TRIES) {
                    throw e;
                }
            }
        }
    }

    private CompletableFuture<RecordMetadata> sendBytes(
            Topic<T> topic, String key, byte @Nullable [] value, Map<String, String> headers) {
        return sender.send(new ProducerRecord<>(
                settings.topic(topic),
                null,
                key,
                value,
                headers.entrySet().stream()
                        .map(header -> new RecordHeader(
                                header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
                        .map(Header.class::cast)
                        .toList()));
    }
}
