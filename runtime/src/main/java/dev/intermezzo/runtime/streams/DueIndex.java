package dev.intermezzo.runtime.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Durable due times in a key-value store: the key is the due time in microseconds (big endian, so that keys sort by time)
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
    /** Most due times taken in one turn of one partition; the rest follows in the next turn, after waiting inputs. */
    public static final int TURN_LIMIT = 200;

    private static final Bytes HINT = Bytes.wrap(new byte[] {0});
    private static final byte[] NOTHING = {};
    private static final long NEVER = Long.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;

    /** Nothing is due before this; in microseconds. May lie ahead of the stored one, which changes only with what is taken. */
    private long hint;

    private long storedHint;

    public DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] stored = store.get(HINT);
        this.storedHint = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        this.hint = storedHint;
    }

    /**
     * Something that is due, as it was armed.
     *
     * @param due the time it was armed for, in microseconds rounded up
     */
    public record Due(Instant due, String owner, Bytes value) {}

    /** As {@link #arm(Instant, String, byte[])}, with nothing to remember but the owner. */
    public void arm(Instant due, String owner) {
        arm(due, owner, NOTHING);
    }

    /**
     * Remembers that {@code owner} is due. The same owner at the same time is remembered once.
     *
     * @param due rounded up to microseconds, so that nothing fires early; not before 1970
     * @param owner not empty
     */
    public void arm(Instant due, String owner, byte[] value) {
        if (owner.isEmpty()) {
            throw new IllegalArgumentException("nobody is due");
        }
        long micros = micros(due);
        store.put(key(micros, owner), value);
        // It may be due already, or the clock have gone back: a key before the hint would never be found.
        hint = Math.min(hint, micros);
        if (micros < storedHint) {
            storeHint(micros);
        }
    }

    /** Forgets what was armed for this owner and time; nothing happens when it was not. */
    public void disarm(Instant due, String owner) {
        store.delete(key(micros(due), owner));
    }

    /** Takes what is due at {@code now} or earlier, earliest first, and forgets it. */
    public List<Due> take(Instant now) {
        long last = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        if (last < hint) {
            return List.of();
        }
        List<Bytes> keys = new ArrayList<>();
        List<Due> taken = new ArrayList<>();
        // The end is inclusive, but no key is that short: an owner follows every time.
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(hint, ""), key(last + 1, ""))) {
            while (entries.hasNext() && taken.size() < TURN_LIMIT) {
                var entry = entries.next();
                keys.add(entry.key);
                taken.add(due(entry.key, entry.value));
            }
        }
        keys.forEach(store::delete);
        long seen =
                taken.size() < TURN_LIMIT ? last + 1 : micros(taken.getLast().due());
        if (!taken.isEmpty()) {
            storeHint(seen);
        }
        hint = firstFrom(seen);
        return taken;
    }

    /** The earliest time at which something may be due, never later than it is; empty when nothing is armed. */
    public Optional<Instant> next() {
        return hint == NEVER ? Optional.empty() : Optional.of(Instant.EPOCH.plus(hint, ChronoUnit.MICROS));
    }

    private long firstFrom(long micros) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(micros, ""), null)) {
            return entries.hasNext()
                    ? ByteBuffer.wrap(entries.peekNextKey().get()).getLong()
                    : NEVER;
        }
    }

    /** The key under which a due time is stored, for whoever fills a store from elsewhere; such a store has no hint yet. */
    public static Bytes key(Instant due, String owner) {
        return key(micros(due), owner);
    }

    private void storeHint(long micros) {
        store.put(HINT, ByteBuffer.allocate(Long.BYTES).putLong(micros).array());
        storedHint = micros;
    }

    private static Bytes key(long micros, String owner) {
        byte[] name = owner.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(micros)
                .put(name)
                .array());
    }

    private static Due due(Bytes key, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(key.get());
        Instant due = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        return new Due(due, StandardCharsets.UTF_8.decode(bytes).toString(), Bytes.wrap(value));
    }

    private static long micros(Instant due) {
        if (due.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("due before 1970: " + due);
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, due.plusNanos(999));
    }
}
