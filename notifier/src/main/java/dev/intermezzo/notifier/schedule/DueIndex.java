package dev.intermezzo.notifier.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The due times of all orders of one task, in order of time: keys of due time and payment in a store of its own. A hint
 * of where the scan begins is kept beside them, so that it does not walk over the remains of what is long done.
 */
final class DueIndex {

    /** An order and the due time under which it was noted. */
    record Entry(Instant due, String paymentId) {}

    private static final byte[] NOTHING = new byte[0];
    private static final byte ENTRY = 1;
    private static final int PREFIX_BYTES = 1 + Long.BYTES;
    private static final Bytes HINT_KEY = Bytes.wrap(new byte[] {0});

    private static final long KEPT_EVERY_MICROS = Duration.ofMinutes(1).toNanos() / 1000;

    private final KeyValueStore<Bytes, byte[]> store;

    /** Nothing is due before this; in microseconds. */
    private long hint;

    /** The hint as it is kept in the store, never after {@link #hint}; written seldom, it only shortens a first scan. */
    private long keptHint;

    DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] kept = store.get(HINT_KEY);
        keptHint = kept == null ? 0 : ByteBuffer.wrap(kept).getLong();
        hint = keptHint;
    }

    void note(Instant due, String paymentId) {
        long micros = micros(due);
        // The clock may have gone back, or was another machine's: an entry before the hint would never be found.
        hint = Math.min(hint, micros);
        if (hint < keptHint) {
            keepHint();
        }
        store.put(key(micros, paymentId), NOTHING);
    }

    void strike(Instant due, String paymentId) {
        store.delete(key(micros(due), paymentId));
    }

    /** The earliest entries that are due by now. They stay until they are struck. */
    List<Entry> reached(Instant now, int most) {
        List<Entry> entries = new ArrayList<>();
        long end = micros(now) + 1;
        if (end <= hint) {
            return entries;
        }
        try (KeyValueIterator<Bytes, byte[]> found = store.range(key(hint, ""), key(end, ""))) {
            while (entries.size() < most && found.hasNext()) {
                entries.add(entry(found.next().key));
            }
        }
        return entries;
    }

    /** Everything due before this moment was struck: later scans begin here. */
    void doneBefore(Instant moment) {
        hint = Math.max(hint, micros(moment));
        if (hint - keptHint >= KEPT_EVERY_MICROS) {
            keepHint();
        }
    }

    private void keepHint() {
        keptHint = hint;
        store.put(HINT_KEY, ByteBuffer.allocate(Long.BYTES).putLong(hint).array());
    }

    private static Bytes key(long micros, String paymentId) {
        byte[] id = paymentId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(PREFIX_BYTES + id.length)
                .put(ENTRY)
                .putLong(micros)
                .put(id)
                .array());
    }

    private static Entry entry(Bytes key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.get());
        bytes.get();
        long micros = bytes.getLong();
        return new Entry(
                Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                StandardCharsets.UTF_8.decode(bytes).toString());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
