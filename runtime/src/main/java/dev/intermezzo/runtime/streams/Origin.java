package dev.intermezzo.runtime.streams;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.schemas.Topic;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Where a record came from.
 *
 * @param topic name without the installation's prefix
 * @param traceparent W3C trace context of the record; empty: none
 */
public record Origin(String topic, int partition, long offset, String traceparent) {

    /** The record that a processor has before it. */
    public static Origin of(Topic<?> topic, RecordMetadata place, Headers headers) {
        return new Origin(topic.name(), place.partition(), place.offset(), Outlet.traceparent(headers));
    }

    /** As dead letters name it. */
    public DeadLetters.Position position() {
        return new DeadLetters.Position(topic, partition, offset);
    }
}
