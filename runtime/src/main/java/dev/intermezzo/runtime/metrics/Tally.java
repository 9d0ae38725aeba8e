package dev.intermezzo.runtime.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by the values of an enum. All series are there from the start, so that the first event is a change from 0 and not a
 * series that was never there. Safe for several threads.
 */
public final class Tally<E extends Enum<E>> {
    private final Map<E, LongAdder> counts;

    public Tally(Class<E> kinds) {
        counts = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            counts.put(kind, new LongAdder());
        }
    }

    public void count(E kind) {
        Objects.requireNonNull(counts.get(kind)).increment();
    }

    /** Since the process started. */
    public long of(E kind) {
        return Objects.requireNonNull(counts.get(kind)).sum();
    }

    /**
     * One series for each kind.
     *
     * @param name with dots, without a suffix
     * @param label that tells the kinds apart; its values are their names in lower case, with hyphens
     * @param more labels and values that all series have
     */
    public void bind(MeterRegistry meters, String name, String description, String label, String... more) {
        counts.forEach((kind, count) -> FunctionCounter.builder(name, count, LongAdder::doubleValue)
                .description(description)
                .tag(label, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .tags(more)
                .register(meters));
    }
}
