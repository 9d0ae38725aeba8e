package dev.intermezzo.runtime.streams;

import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.UndecodableException;
import dev.intermezzo.schemas.WriterSchemas;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one topic, and only the kind of value that belongs there: each kind of fact has a topic of its own
 * so that only one stage may write it, and a fact on another topic was written by somebody who may not.
 */
public final class TopicReader<T extends SpecificRecordBase> {
    private final Topic<T> topic;
    private final Codec<T> codec;
    private final WriterSchemas schemas;
    private final String expected;

    public TopicReader(Topic<T> topic, WriterSchemas schemas) {
        this.topic = topic;
        this.codec = Codec.of(topic.value());
        this.schemas = schemas;
        this.expected = topic.value().getName();
    }

    /** A value that was read, or why it was not. */
    public sealed interface Reading<T> {
        record Read<T>(T value) implements Reading<T> {}

        /**
         * @param code stable code
         * @param reason a sentence for people
         */
        record Unacceptable<T>(String code, String reason) implements Reading<T> {}
    }

    public Topic<T> topic() {
        return topic;
    }

    /**
     * @param value null: a tombstone, which no topic of facts has
     * @throws dev.intermezzo.schemas.UnknownSchemaException when the writer's schema is not known yet: the value is not at
     *     fault, so the caller must stop and take it again
     */
    public Reading<T> read(byte @Nullable [] value) {
        if (value == null) {
            return new Reading.Unacceptable<>("tombstone", "The topic " + topic.name() + " carries no tombstones.");
        }
        try {
            String written = schemas.find(Codec.fingerprint(value)).getFullName();
            if (!written.equals(expected)) {
                return new Reading.Unacceptable<>(
                        "wrong-origin", "A " + written + " does not belong on the topic " + topic.name() + ".");
            }
            return new Reading.Read<>(codec.decode(value, schemas));
        } catch (UndecodableException e) {
            return new Reading.Unacceptable<>("undecodable", "The value cannot be read: " + e.getMessage() + ".");
        }
    }
}
