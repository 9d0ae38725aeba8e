package dev.intermezzo.runtime.pump;

import dev.intermezzo.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * Bounds of a {@link CommandPump}.
 *
 * @param maxInFlight records being handled at once, over all partitions
 * @param maxShare how many of them may be for one {@link Work#share}, in percent, rounded up
 * @param maxDeferred records that wait outside the slots for a place of their share, over all partitions; beyond it no
 *     record is taken up. Up to {@code maxInFlight} more may be on their way there
 * @param maxAhead how far, in offsets, a partition may run ahead of its oldest unfinished record; bounds what is handled
 *     again after a crash
 * @param commitInterval how often watermarks are committed
 * @param retryFirst pause before a record whose handler failed is handled again; doubles up to {@code retryMost}
 * @param retryMost longest such pause
 * @param drain how long a revoked partition's records may finish before they are abandoned
 */
public record PumpSettings(
        int maxInFlight,
        int maxShare,
        int maxDeferred,
        int maxAhead,
        Duration commitInterval,
        Duration retryFirst,
        Duration retryMost,
        Duration drain) {

    /** 500 in flight, a quarter of them for one share, 5,000 deferred, 10,000 ahead, commits every 100 ms, retries after 200 ms to 30 s, 2 s to drain. */
    public static PumpSettings defaults() {
        return new PumpSettings(
                500,
                25,
                5_000,
                10_000,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2));
    }

    public PumpSettings withMaxInFlight(int bound) {
        return new PumpSettings(bound, maxShare, maxDeferred, maxAhead, commitInterval, retryFirst, retryMost, drain);
    }

    public PumpSettings withMaxAhead(int bound) {
        return new PumpSettings(
                maxInFlight, maxShare, maxDeferred, bound, commitInterval, retryFirst, retryMost, drain);
    }

    public PumpSettings withMaxShare(int percent) {
        return new PumpSettings(
                maxInFlight, percent, maxDeferred, maxAhead, commitInterval, retryFirst, retryMost, drain);
    }

    public PumpSettings withMaxDeferred(int bound) {
        return new PumpSettings(maxInFlight, maxShare, bound, maxAhead, commitInterval, retryFirst, retryMost, drain);
    }

    /** Slots that one share may hold at once; at least one. */
    int placesOfShare() {
        return Math.ceilDiv(maxInFlight * maxShare, 100);
    }

    /**
     * As {@link #read(SettingsReader, String)}, and {@code <component>.max-share}.
     *
     * @param whose who has a share, for people
     */
    public static PumpSettings readShared(SettingsReader settings, String component, String whose) {
        PumpSettings read = read(settings, component);
        return read.withMaxShare(settings.about("Part of " + component + ".max-in-flight, in percent, that " + whose
                        + " may have; more of its commands wait in line and hold nobody else up.")
                .integer(component + ".max-share", read.maxShare(), 1, 100));
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
