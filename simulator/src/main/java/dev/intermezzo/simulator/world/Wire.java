package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.simulator.log.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecordBase;

/** Values of topics as bytes, and back. */
final class Wire {
    private final Map<Class<?>, Codec<?>> codecs = new HashMap<>();

    <T extends SpecificRecordBase> byte[] encode(Topic<T> topic, T value) {
        return codec(topic).encode(value);
    }

    <T extends SpecificRecordBase> T decode(Topic<T> topic, Entry entry) {
        return codec(topic).decode(entry.valueRead(), WriterSchemas.compiledIn());
    }

    @SuppressWarnings("unchecked") // a class maps to its own codec
    private <T extends SpecificRecordBase> Codec<T> codec(Topic<T> topic) {
        return (Codec<T>)
                Objects.requireNonNull(codecs.computeIfAbsent(topic.value(), type -> Codec.of(topic.value())));
    }
}
