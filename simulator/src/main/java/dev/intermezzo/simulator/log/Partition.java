package dev.intermezzo.simulator.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One partition of a topic. Entries lie in order; readers get only what is committed, and nothing beyond an open transaction. */
public final class Partition {
    private final String topic;
    private final int number;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Runnable> watchers = new ArrayList<>();
    private int stable;

    Partition(String topic, int number) {
        this.topic = topic;
        this.number = number;
    }

    public String topic() {
        return topic;
    }

    public int number() {
        return number;
    }

    /** The first entry at or after this offset that a read-committed reader gets now; null: none yet. */
    public @Nullable Entry next(long offset) {
        long end = end();
        for (long i = offset; i < end; i++) {
            Entry entry = entries.get((int) i);
            if (entry.readable()) {
                return entry;
            }
        }
        return null;
    }

    /** Last stable offset: everything before it is decided. */
    public long end() {
        while (stable < entries.size() && !entries.get(stable).undecided()) {
            stable++;
        }
        return stable;
    }

    /** Everything that can be read. */
    public List<Entry> committed() {
        return entries.subList(0, (int) end()).stream().filter(Entry::readable).toList();
    }

    /** Is told whenever there may be more to read. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    long size() {
        return entries.size();
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    void tellWatchers() {
        watchers.forEach(Runnable::run);
    }
}
