package dev.intermezzo.sandbox.check;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nearest-rank percentiles of a set of times.
 *
 * @param p50 half took no longer; null without a sample
 * @param p99 99 in 100 took no longer; null without a sample
 */
public record Percentiles(@Nullable Duration p50, @Nullable Duration p99) {

    static Percentiles of(List<Duration> samples) {
        List<Duration> sorted = samples.stream().sorted().toList();
        return sorted.isEmpty() ? new Percentiles(null, null) : new Percentiles(rank(sorted, 50), rank(sorted, 99));
    }

    private static Duration rank(List<Duration> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(rank - 1);
    }
}
