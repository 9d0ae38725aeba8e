package dev.intermezzo.simulator.log;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One place in a partition.
 *
 * @param key null only for a transaction's marker
 * @param value null: a tombstone, or a marker
 * @param transaction null: written plainly
 * @param marker the end of a transaction, which no reader sees
 */
@SuppressWarnings(
        "ArrayRecordComponent") // as Kafka's own records hold them; the log has its own copy and compares none
public record Entry(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        byte @Nullable [] value,
        Headers headers,
        Instant timestamp,
        @Nullable Transaction transaction,
        boolean marker) {

    /** A read-committed reader gets it. */
    boolean readable() {
        return !marker && (transaction == null || transaction.committed());
    }

    boolean undecided() {
        return !marker && transaction != null && transaction.open();
    }

    /** The key of an entry that a reader got. */
    public String keyRead() {
        if (key == null) {
            throw new IllegalStateException("no reader gets a marker");
        }
        return key;
    }

    /** The value of an entry that a reader got, where tombstones do not occur. */
    public byte[] valueRead() {
        if (value == null) {
            throw new IllegalStateException("a tombstone on " + topic);
        }
        return value;
    }
}
