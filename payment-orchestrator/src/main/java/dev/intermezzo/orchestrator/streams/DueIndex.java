package dev.intermezzo.orchestrator.streams;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Durable due times in a key-value store: the key is the due time in milliseconds (big endian, so that keys sort by time)
 * followed by who is due. One partition's turn takes at most {@link #TURN_LIMIT} of them.
 *
 * <p>A scan starts at a hint, the earliest time at which anything may be due: without it every turn would walk over the
 * deleted keys of all earlier turns. The hint is kept in the same store under a key that sorts before all due times, and
 * is written only when something was taken, so an idle partition writes nothing. It may lag behind (a longer scan), never
 * run ahead.
 *
 * <p>Belongs to one stream task; make it in {@code init}, so that an aborted transaction leaves nothing in memory.
 */
public final class DueIndex {
    /** Most due times taken in one turn of one partition; the rest follows in the next turn. */
    public static final int TURN_LIMIT = 200;

    /** How often a partition looks for due times. */
    public static final Duration PERIOD = Duration.ofMillis(100);

    private static final Bytes HINT = Bytes.wrap(new byte[] {0});

    private final KeyValueStore<Bytes, byte[]> store;
    private long storedHint;
    private long hint;

    public DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] stored = store.get(HINT);
        this.storedHint = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        this.hint = storedHint;
    }

    /** Something that is due; {@code owner} and {@code value} as they were armed. */
    public record Due(Bytes owner, Bytes value) {}

    /**
     * Remembers that {@code owner} is due. The same owner at the same time is remembered once.
     *
     * @param due rounded up to milliseconds, so that nothing fires early; not before 1970
     */
    public void arm(Instant due, byte[] owner, byte[] value) {
        long millis = due.plusNanos(999_999).toEpochMilli();
        if (millis < 0) {
            throw new IllegalArgumentException("due before 1970: " + due);
        }
        store.put(key(millis, owner), value);
        hint = Math.min(hint, millis);
        if (millis < storedHint) {
            storeHint(millis);
        }
    }

    /** Takes what is due at {@code nowMillis} or earlier, earliest first, and forgets it. */
    public List<Due> take(long nowMillis) {
        if (nowMillis < hint) {
            return List.of();
        }
        List<Bytes> keys = new ArrayList<>();
        List<Due> taken = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.range(key(hint, new byte[0]), key(nowMillis + 1, new byte[0]))) {
            while (entries.hasNext() && taken.size() < TURN_LIMIT) {
                var entry = entries.next();
                if (millis(entry.key) > nowMillis) {
                    break;
                }
                keys.add(entry.key);
                taken.add(new Due(owner(entry.key), Bytes.wrap(entry.value)));
            }
        }
        keys.forEach(store::delete);
        boolean exhausted = taken.size() < TURN_LIMIT;
        hint = exhausted ? nowMillis + 1 : millis(keys.getLast());
        if (!taken.isEmpty()) {
            storeHint(hint);
        }
        return taken;
    }

    private void storeHint(long millis) {
        store.put(HINT, ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
        storedHint = millis;
    }

    private static Bytes key(long millis, byte[] owner) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + owner.length)
                .putLong(millis)
                .put(owner)
                .array());
    }

    private static long millis(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }

    private static Bytes owner(Bytes key) {
        return Bytes.wrap(Arrays.copyOfRange(key.get(), Long.BYTES, key.get().length));
    }
}
