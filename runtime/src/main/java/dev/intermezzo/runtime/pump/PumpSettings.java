package dev.intermezzo.runtime.pump;

import dev.intermezzo.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * Bounds of a {@link CommandPump}.
 *
 * @param maxInFlight records being handled at once, over all partitions
 * @param maxAhead how far, in offsets, a partition may run ahead of its oldest unfinished record; bounds what is handled
 *     again after a crash
 * @param commitInterval how often watermarks are committed
 * @param retryFirst pause before a record whose handler failed is handled again; doubles up to {@code retryMost}
 * @param retryMost longest such pause
 * @param drain how long a revoked partition's records may finish before they are abandoned
 */
public record PumpSettings(
        int maxInFlight,
        int maxAhead,
        Duration commitInterval,
        Duration retryFirst,
        Duration retryMost,
        Duration drain) {

    /** 500 in flight, 10,000 ahead, commits every 100 ms, retries after 200 ms to 30 s, 2 s to drain. */
    public static PumpSettings defaults() {
        return new PumpSettings(
                500,
                10_000,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2));
    }

    public PumpSettings withMaxInFlight(int bound) {
        return new PumpSettings(bound, maxAhead, commitInterval, retryFirst, retryMost, drain);
    }

    public PumpSettings withMaxAhead(int bound) {
        return new PumpSettings(maxInFlight, bound, commitInterval, retryFirst, retryMost, drain);
    }

    /**
     * {@code <component>.max-in-flight}; the other bounds are not settings.
     *
     * @param component the stage's prefix, such as {@code cashier}
     */
    public static PumpSettings read(SettingsReader settings, String component) {
        PumpSettings defaults = defaults();
        return defaults.withMaxInFlight(settings.about("Commands worked on at once; more wait in their topic.")
                .integer(component + ".max-in-flight", defaults.maxInFlight(), 1, 10_000));
    }
}
