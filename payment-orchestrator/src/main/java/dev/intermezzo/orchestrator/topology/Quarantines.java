package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.runtime.streams.Origin;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.Quarantine;
import dev.intermezzo.schemas.avro.QueuedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Payments whose decision failed. One poisoned payment must not stop a partition, and its later facts must not be decided
 * on as if the failed one had not been: they wait here in order, the failed one first, until a decider of a higher version
 * takes them up.
 */
final class Quarantines {
    static final String MARKS = "quarantine";
    static final String QUEUE = "quarantine-queue";

    /** Most events kept for one payment; further ones are dead letters. */
    static final int MAX_QUEUED = 1_000;

    private final KeyValueStore<String, byte[]> marks;
    private final KeyValueStore<Bytes, byte[]> queue;
    private final WriterSchemas schemas;
    private final Codec<Quarantine> markCodec = Codec.of(Quarantine.class);
    private final Codec<QueuedEvent> eventCodec = Codec.of(QueuedEvent.class);

    Quarantines(KeyValueStore<String, byte[]> marks, KeyValueStore<Bytes, byte[]> queue, WriterSchemas schemas) {
        this.marks = marks;
        this.queue = queue;
        this.schemas = schemas;
    }

    /** The payment's quarantine; null: it is not in one. */
    @Nullable
    Quarantine of(String payment) {
        byte[] stored = marks.get(payment);
        return stored == null ? null : markCodec.decode(stored, schemas);
    }

    /** Puts the payment into quarantine, with the event that failed as the first in its queue. */
    void begin(String payment, String code, int deciderVersion, Instant now, Origin origin, byte[] event) {
        add(new Quarantine(payment, code, deciderVersion, now, 0), origin, event);
    }

    /** Queues a later event; false: there is no room for it. */
    boolean add(Quarantine quarantine, Origin origin, byte[] event) {
        int position = quarantine.getQueued();
        if (position >= MAX_QUEUED) {
            return false;
        }
        String payment = quarantine.getPaymentId();
        QueuedEvent queued = new QueuedEvent(
                origin.topic(), origin.partition(), origin.offset(), origin.traceparent(), ByteBuffer.wrap(event));
        queue.put(key(payment, position), eventCodec.encode(queued));
        marks.put(
                payment,
                markCodec.encode(Quarantine.newBuilder(quarantine)
                        .setQueued(position + 1)
                        .build()));
        return true;
    }

    /** Ends the quarantine and hands out its queue, oldest first. */
    List<QueuedEvent> end(String payment) {
        Quarantine quarantine = of(payment);
        List<QueuedEvent> events = new ArrayList<>();
        int queued = quarantine == null ? 0 : quarantine.getQueued();
        for (int position = 0; position < queued; position++) {
            byte[] stored = queue.delete(key(payment, position));
            if (stored == null) {
                throw new IllegalStateException("event " + position + " of " + payment + " left the quarantine queue");
            }
            events.add(eventCodec.decode(stored, schemas));
        }
        marks.delete(payment);
        return events;
    }

    private static Bytes key(String payment, int position) {
        byte[] owner = payment.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(owner.length + 1 + Integer.BYTES)
                .put(owner)
                .put((byte) 0)
                .putInt(position)
                .array());
    }
}
