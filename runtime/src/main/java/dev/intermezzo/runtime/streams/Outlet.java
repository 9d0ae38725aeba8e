package dev.intermezzo.runtime.streams;

import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes typed values to the sinks of one processor; sinks are named by {@link #sink}. Everything
 * written while one record is processed is committed together, or not at all.
 */
public final class Outlet {
    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    private final ProcessorContext<String, byte[]> context;
    private final Map<Class<?>, Codec<?>> codecs = new HashMap<>();

    public Outlet(ProcessorContext<String, byte[]> context) {
        this.context = context;
    }

    /** Writes {@code value} with the trace context, where there is one. */
    public <T extends SpecificRecordBase> void write(Topic<T> topic, String key, T value, String traceparent) {
        write(topic, key, value, traceparent, List.of());
    }

    /** Writes {@code value} with more headers. */
    public <T extends SpecificRecordBase> void write(
            Topic<T> topic, String key, T value, String traceparent, List<Header> more) {
        RecordHeaders headers = new RecordHeaders(more);
        if (!traceparent.isEmpty()) {
            headers.add(TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8));
        }
        context.forward(new Record<>(key, encode(topic, value), context.currentSystemTimeMs(), headers), sink(topic));
    }

    /** Name of the sink node that writes to {@code topic}; a topology may both read and write one. */
    public static String sink(Topic<?> topic) {
        return "to-" + topic.name();
    }

    /** The trace context that {@code headers} carry; empty: none. */
    public static String traceparent(Headers headers) {
        Header header = headers.lastHeader(TRACEPARENT);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked") // a class maps to its own codec
    private <T extends SpecificRecordBase> byte[] encode(Topic<T> topic, T value) {
        Codec<T> codec = (Codec<T>) codecs.computeIfAbsent(topic.value(), type -> Codec.of(topic.value()));
        return Objects.requireNonNull(codec).encode(value);
    }
}
