package dev.intermezzo.schemas;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Kafka's view of a {@link Codec}. A tombstone stays a tombstone. */
public final class AvroSerde<T extends SpecificRecordBase> implements Serde<T> {
    private final Codec<T> codec;
    private final WriterSchemas schemas;

    public AvroSerde(Class<T> type, WriterSchemas schemas) {
        this.codec = Codec.of(type);
        this.schemas = schemas;
    }

    public AvroSerde(Topic<T> topic, WriterSchemas schemas) {
        this(topic.value(), schemas);
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> encode(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> decode(bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's interfaces carry tombstones as null and are not annotated
    private byte[] encode(@Nullable T value) {
        return value == null ? null : codec.encode(value);
    }

    @SuppressWarnings("NullAway") // as above
    private T decode(byte @Nullable [] bytes) {
        return bytes == null ? null : codec.decode(bytes, schemas);
    }
}
