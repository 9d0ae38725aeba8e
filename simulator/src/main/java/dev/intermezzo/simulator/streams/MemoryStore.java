package dev.intermezzo.simulator.streams;

import dev.intermezzo.runtime.streams.StepTopology;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store as one task's owner sees it: what is committed, which every owner starts from as if restored from the changelog, and
 * what this owner changed since, which is lost with its transaction. Sorted by bytes like RocksDB.
 */
final class MemoryStore<K, V> implements KeyValueStore<K, V> {
    private final StepTopology.Store<K, V> shape;
    private final NavigableMap<Bytes, byte[]> committed;
    private final NavigableMap<Bytes, Optional<byte[]>> changed = new TreeMap<>();

    /** @param committed shared by all owners of the task */
    MemoryStore(StepTopology.Store<K, V> shape, NavigableMap<Bytes, byte[]> committed) {
        this.shape = shape;
        this.committed = committed;
    }

    /** The transaction was committed. */
    void keepChanges() {
        changed.forEach(
                (key, value) -> value.ifPresentOrElse(bytes -> committed.put(key, bytes), () -> committed.remove(key)));
        changed.clear();
    }

    boolean changed() {
        return !changed.isEmpty();
    }

    @Override
    public String name() {
        return shape.name();
    }

    @Override
    public void put(K key, @Nullable V value) {
        changed.put(
                bytes(key),
                value == null
                        ? Optional.empty()
                        : Optional.of(shape.value().serializer().serialize(name(), value)));
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        V known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<K, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public @Nullable V delete(K key) {
        V known = get(key);
        put(key, null);
        return known;
    }

    @Override
    @SuppressWarnings("OptionalAssignedToNull") // a map says null for what it does not hold
    public @Nullable V get(K key) {
        Bytes bytes = bytes(key);
        Optional<byte[]> change = changed.get(bytes);
        byte[] stored = change == null ? committed.get(bytes) : change.orElse(null);
        return stored == null ? null : shape.value().deserializer().deserialize(name(), stored);
    }

    @Override
    public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
        if (from != null && to != null && bytes(from).compareTo(bytes(to)) > 0) {
            return new Entries(Map.<Bytes, byte[]>of().entrySet().iterator());
        }
        NavigableMap<Bytes, byte[]> merged = new TreeMap<>(part(committed, from, to));
        merge(part(changed, from, to), merged);
        return new Entries(merged.entrySet().iterator());
    }

    /** Both ends belong to it; an end that is not there is open. */
    private <E> NavigableMap<Bytes, E> part(NavigableMap<Bytes, E> whole, @Nullable K from, @Nullable K to) {
        NavigableMap<Bytes, E> upwards = from == null ? whole : whole.tailMap(bytes(from), true);
        return to == null ? upwards : upwards.headMap(bytes(to), true);
    }

    @Override
    public KeyValueIterator<K, V> all() {
        NavigableMap<Bytes, byte[]> merged = new TreeMap<>(committed);
        merge(changed, merged);
        return new Entries(merged.entrySet().iterator());
    }

    @Override
    public long approximateNumEntries() {
        Map<Bytes, byte[]> merged = new HashMap<>(committed);
        merge(changed, merged);
        return merged.size();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        throw new UnsupportedOperationException("it needs no start");
    }

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private Bytes bytes(K key) {
        return Bytes.wrap(shape.key().serializer().serialize(name(), key));
    }

    private static void merge(Map<Bytes, Optional<byte[]>> changes, Map<Bytes, byte[]> into) {
        changes.forEach((key, value) -> value.ifPresentOrElse(bytes -> into.put(key, bytes), () -> into.remove(key)));
    }

    private final class Entries implements KeyValueIterator<K, V> {
        private final Iterator<Map.Entry<Bytes, byte[]>> entries;
        private Map.@Nullable Entry<Bytes, byte[]> ahead;

        Entries(Iterator<Map.Entry<Bytes, byte[]>> entries) {
            this.entries = entries;
            advance();
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public KeyValue<K, V> next() {
            Map.Entry<Bytes, byte[]> next = present();
            advance();
            return KeyValue.pair(key(next), shape.value().deserializer().deserialize(name(), next.getValue()));
        }

        @Override
        public K peekNextKey() {
            return key(present());
        }

        @Override
        public void close() {}

        private void advance() {
            ahead = entries.hasNext() ? entries.next() : null;
        }

        private Map.Entry<Bytes, byte[]> present() {
            if (ahead == null) {
                throw new NoSuchElementException("nothing is left in " + name());
            }
            return ahead;
        }

        private K key(Map.Entry<Bytes, byte[]> entry) {
            return shape.key().deserializer().deserialize(name(), entry.getKey().get());
        }
    }
}
