package dev.intermezzo.orchestrator.auditor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one partition's payments were found with and still have, and since when. Apart from the payments' memory, so that
 * counting walks over those few and not over all payments; in a store, so that a restart forgets none.
 */
final class Findings {
    /** Waits that have lasted too long. */
    static final String STUCK = "auditor-stuck";

    /** Broken rules. */
    static final String BROKEN = "auditor-broken";

    /** No payment id holds a space. */
    private static final char BETWEEN = ' ';

    private final KeyValueStore<String, Long> store;

    Findings(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    void add(String payment, String rule, Instant since) {
        store.put(payment + BETWEEN + rule, ChronoUnit.MICROS.between(Instant.EPOCH, since));
    }

    void remove(String payment, String rule) {
        store.delete(payment + BETWEEN + rule);
    }

    /** Hears each one's code of the rule, and since when. */
    void forEach(BiConsumer<String, Instant> heard) {
        try (KeyValueIterator<String, Long> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<String, Long> entry = entries.next();
                String rule = entry.key.substring(entry.key.lastIndexOf(BETWEEN) + 1);
                heard.accept(rule, Instant.EPOCH.plus(entry.value, ChronoUnit.MICROS));
            }
        }
    }
}
