package dev.intermezzo.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Fingerprints that records name and nobody has published, and since when they have been asked for. One that is not asked for
 * any more counts no longer: another instance has its record, or the record is gone.
 *
 * <p>Bounded. Safe for several threads.
 */
final class MissingSchemas {
    /** Beyond it, further fingerprints are not counted: the oldest tells enough. */
    static final int MOST = 1_000;

    /** A record is read again after its wait and the pause of whoever reads it, together well within this. */
    static final Duration FORGOTTEN = Duration.ofMinutes(2);

    /** @param first and {@code last}: when it was asked for, in nanoseconds of the same clock */
    private record Asked(long first, long last) {}

    private final Map<Long, Asked> missing = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos as {@link System#nanoTime} */
    MissingSchemas(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Somebody needs it; true when nobody did before, or not for long. */
    boolean asked(long fingerprint) {
        long now = nanos.getAsLong();
        missing.values().removeIf(asked -> isForgotten(asked, now));
        if (missing.size() >= MOST && !missing.containsKey(fingerprint)) {
            return false;
        }
        return missing.merge(fingerprint, new Asked(now, now), (before, again) -> new Asked(before.first(), now))
                        .first()
                == now;
    }

    void found(long fingerprint) {
        missing.remove(fingerprint);
    }

    /** For how long the oldest has been asked for; 0 when none is. */
    double seconds() {
        long now = nanos.getAsLong();
        return missing.values().stream()
                        .filter(asked -> !isForgotten(asked, now))
                        .mapToLong(asked -> now - asked.first())
                        .max()
                        .orElse(0)
                / (double) Duration.ofSeconds(1).toNanos();
    }

    private static boolean isForgotten(Asked asked, long now) {
        return now - asked.last() > FORGOTTEN.toNanos();
    }
}
