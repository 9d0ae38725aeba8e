package dev.intermezzo.ingress.pay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many vouchers were tried from one address within the last hour, so that nobody guesses PINs with one payment after the
 * other; for each payment the state machine counts. Each instance counts for itself. Safe for several threads.
 */
public final class VoucherTries {

    private static final Duration WINDOW = Duration.ofHours(1);

    /** Whoever has so many addresses at hand is not stopped by counting them. */
    private static final int MOST_REMEMBERED = 100_000;

    private final int most;
    private final InstantSource clock;
    private final Cache<String, List<Instant>> tried = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(WINDOW)
            .build();

    /** @param most per address and hour */
    public VoucherTries(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Empty when another one may be tried now, and then it has been counted; else after what time one may. */
    Optional<Duration> waitOf(String address) {
        Instant now = clock.instant();
        Duration[] wait = {Duration.ZERO};
        tried.asMap().compute(neighbourhood(address), (unused, before) -> {
            List<Instant> recent = before == null
                    ? List.of()
                    : before.stream().filter(at -> at.plus(WINDOW).isAfter(now)).toList();
            if (recent.size() >= most) {
                wait[0] = Duration.between(now, recent.getFirst().plus(WINDOW));
                return recent;
            }
            return Stream.concat(recent.stream(), Stream.of(now)).toList();
        });
        return wait[0].isZero() ? Optional.empty() : Optional.of(wait[0]);
    }

    /** An IPv6 customer has at least 2^64 addresses: the first four groups name the customer. */
    private static String neighbourhood(String address) {
        if (!address.contains(":") || address.contains(".")) {
            return address;
        }
        String[] groups = groups(address);
        return String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
    }

    /** The first four of eight groups, those that {@code ::} leaves out written as zeros. */
    private static String[] groups(String address) {
        int gap = address.indexOf("::");
        String head = gap < 0 ? address : address.substring(0, gap);
        String[] said = head.isEmpty() ? new String[0] : head.split(":", -1);
        String[] first = {"0", "0", "0", "0"};
        for (int i = 0; i < Math.min(said.length, first.length); i++) {
            first[i] = said[i];
        }
        return first;
    }
}
