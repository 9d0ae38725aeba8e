package dev.intermezzo.ingress.pay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many vouchers were tried from one address within an hour, so that nobody guesses PINs with one payment after the other;
 * for each payment the state machine counts. What it says of a try depends on the tries before it and on nothing else, so
 * whoever reads the same tries in the same order says the same. One thread counts; any may ask.
 */
final class VoucherTries {

    private static final Duration WINDOW = Duration.ofHours(1);

    /** Whoever has so many addresses at hand is not stopped by counting them. */
    private static final int MOST_REMEMBERED = 100_000;

    private final int most;
    private final Cache<String, List<Instant>> counted = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(WINDOW)
            .build();

    /** @param most per address and hour */
    VoucherTries(int most) {
        this.most = most;
    }

    /** After what time another one may be tried; empty when at once. */
    Optional<Duration> waitOf(String address, Instant now) {
        List<Instant> recent = recent(counted.asMap().getOrDefault(address, List.of()), now);
        return recent.size() < most
                ? Optional.empty()
                : Optional.of(
                        Duration.between(now, recent.get(recent.size() - most).plus(WINDOW)));
    }

    /** The same for a try that was made, which counts if it may be made. */
    Optional<Duration> tried(String address, Instant at) {
        Optional<Duration> wait = waitOf(address, at);
        if (wait.isEmpty()) {
            counted.asMap()
                    .compute(
                            address,
                            (unused, before) -> Stream.concat(
                                            recent(before == null ? List.of() : before, at).stream(), Stream.of(at))
                                    .toList());
        }
        return wait;
    }

    private static List<Instant> recent(List<Instant> tries, Instant now) {
        return tries.stream().filter(at -> at.plus(WINDOW).isAfter(now)).toList();
    }
}
