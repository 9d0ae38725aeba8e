package dev.intermezzo.schemas;

import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * One topic of the pipeline: what it holds, how it is keyed and how long it keeps its records.
 *
 * @param name name without the installation's prefix, for example {@code payment-events}
 * @param value the envelope record that every value on the topic is
 * @param key what the key is; topics with the same kind of key are co-partitioned
 * @param cleanup whether records leave by age, by a newer record with the same key, or both
 * @param retention how long records are kept; empty: for ever, or until compacted
 * @param writer whether its records are written in transactions; the two kinds never share a topic that a stage reads, because
 *     a crashed application with an open transaction blocks every read-committed reader of it until the transaction times
 *     out
 */
public record Topic<T extends SpecificRecordBase>(
        String name, Class<T> value, Key key, Cleanup cleanup, Optional<Duration> retention, Writer writer) {

    /** What a topic's keys are. */
    public enum Key {
        PAYMENT_ID,
        /** {@code <account>~<transaction id>}. */
        TRANSACTION,
        MERCHANT_ID,
        COMMAND_ID,
        /** {@code <kind>:<id>} of an account, merchant or integration. */
        RECORD_ID,
        /** Derived from a merchant and its Idempotency-Key. */
        API_REQUEST,
        /** Keyed hash of an address that browsers come from. */
        ADDRESS,
        /** The key that the record had on the topic it came from. */
        ORIGINAL
    }

    public enum Cleanup {
        DELETE,
        COMPACT,
        COMPACT_AND_DELETE
    }

    /** Who may write: plain idempotent producers, transactional ones, or either. */
    public enum Writer {
        PLAIN,
        TRANSACTIONAL,
        /** For a topic that no stage reads, so that nobody's work waits for a crashed writer. */
        BOTH
    }

    /** Full name of the topic in an installation, {@code prefix + name}. */
    public String in(String prefix) {
        return prefix + name;
    }
}
