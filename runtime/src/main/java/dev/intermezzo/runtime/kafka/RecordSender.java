package dev.intermezzo.runtime.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends encoded records. Safe for use by several threads. */
public interface RecordSender {

    /**
     * Completes when all in-sync replicas hold the record; every failure arrives in the future. May block up to the
     * producer's {@code max.block.ms} (1 s) when metadata or buffer space is missing.
     */
    CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record);

    /**
     * Fetches a topic's metadata, for which the first send would otherwise wait.
     *
     * @param topic full name
     * @return how many partitions it has
     * @throws org.apache.kafka.common.errors.TimeoutException when it cannot be had within {@code max.block.ms}
     */
    int warmUp(String topic);

    /** Sends through a Kafka producer, which stays the caller's to close. */
    static RecordSender of(Producer<String, byte[]> producer) {
        return new RecordSender() {
            @Override
            @SuppressWarnings(
                    "FutureReturnValueIgnored") // the callback says the same and completes the future we return
            public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
                CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
                try {
                    producer.send(record, (metadata, failure) -> {
                        if (failure == null) {
                            sent.complete(metadata);
                        } else {
                            sent.completeExceptionally(failure);
                        }
                    });
                } catch (RuntimeException e) {
                    sent.completeExceptionally(e);
                }
                return sent;
            }

            @Override
            public int warmUp(String topic) {
                return producer.partitionsFor(topic).size();
            }
        };
    }
}
