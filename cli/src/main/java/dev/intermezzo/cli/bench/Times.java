package dev.intermezzo.cli.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Times that were measured.
 *
 * @param sorted shortest first
 */
record Times(List<Duration> sorted) {

    Times {
        sorted = sorted.stream().sorted().toList();
    }

    static <T> Times of(Collection<T> measured, Function<T, Duration> time) {
        return new Times(measured.stream().map(time).toList());
    }

    /** Nearest rank; of nothing, longer than anything that is allowed. */
    Duration percentile(int percent) {
        return sorted.isEmpty() ? Duration.ofDays(1) : sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    /** Percentiles 50, 95 and 99 in milliseconds, by name. */
    Map<String, Object> millis() {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int percent : new int[] {50, 95, 99}) {
            named.put("p" + percent, millis(percentile(percent)));
        }
        return named;
    }

    /** To a tenth. */
    static BigDecimal millis(Duration time) {
        return BigDecimal.valueOf(time.toNanos() / 1_000, 3).setScale(1, RoundingMode.HALF_UP);
    }

    /** To a hundredth. */
    static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).setScale(2, RoundingMode.HALF_UP);
    }
}
