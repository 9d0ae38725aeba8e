package dev.intermezzo.ingress.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each API key may ask: so many requests a second, and two seconds' worth at once. Each instance counts for itself.
 * Safe for several threads.
 */
final class KeyRates {

    /** Only keys that are valid are counted, so there are few; one that is let go begins anew with a full bucket. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final int BURST_SECONDS = 2;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final long nanosPerRequest;
    private final LongSupplier nanoTime;
    private final Cache<String, Long> paidUntil = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** @param nanoTime a clock that only goes forward */
    KeyRates(int perSecond, LongSupplier nanoTime) {
        this.nanosPerRequest = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanoTime = nanoTime;
    }

    /** Empty when the key may ask now, and then it has; else after what time it may. */
    Optional<Duration> waitOf(String key) {
        long now = nanoTime.getAsLong();
        long most = TimeUnit.SECONDS.toNanos(BURST_SECONDS);
        long[] over = {0};
        paidUntil.asMap().compute(key, (unused, before) -> {
            long from = before == null || before - now < 0 ? now : before;
            long until = from + nanosPerRequest;
            if (until - now > most) {
                over[0] = until - now - most;
                return from;
            }
            return until;
        });
        return over[0] == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(over[0]));
    }
}
