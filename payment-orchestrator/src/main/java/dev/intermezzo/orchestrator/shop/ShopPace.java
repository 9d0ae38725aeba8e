package dev.intermezzo.orchestrator.shop;

import dev.intermezzo.partners.mozello.StoreApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How fast a shop is asked: questions to one shop have a distance, so that Mozello's limit is never reached, and a shop that
 * asks for patience is left alone for a while. Commands of one merchant come to one instance, so this holds across instances.
 *
 * <p>Bounded by the number of shops that have a key. Safe for several threads.
 */
final class ShopPace {
    /** Between two questions to one shop: one a second fewer than allowed, since some travel faster than others. */
    static final Duration DISTANCE = Duration.ofSeconds(1).dividedBy(StoreApi.MOST_A_SECOND - 1);

    /** For a shop that asks for patience and does not say how long. */
    static final Duration USUAL_PATIENCE = Duration.ofSeconds(1);

    /** Whatever a shop asks for: buyers wait. */
    static final Duration MOST_PATIENCE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Instant> free = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    ShopPace(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Takes the next turn of a shop.
     *
     * @param until a later turn is of no use
     * @return how long to wait for it; empty when it would come too late, and then none was taken
     */
    Optional<Duration> take(String shop, Instant until) {
        Instant now = clock.instant();
        Instant[] turn = new Instant[1];
        free.compute(shop, (id, known) -> {
            Instant next = known == null || known.isBefore(now) ? now : known;
            if (next.isAfter(until)) {
                return known;
            }
            turn[0] = next;
            return next.plus(DISTANCE);
        });
        return Optional.ofNullable(turn[0]).map(next -> Duration.between(now, next));
    }

    /** Nobody else gets a turn at this shop for so long. */
    void leaveAlone(String shop, Optional<Duration> asked) {
        Duration time = asked.orElse(USUAL_PATIENCE);
        Instant until = clock.instant().plus(time.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : time);
        free.merge(shop, until, (known, other) -> known.isAfter(other) ? known : other);
    }

    /**
     * Waits for a turn.
     *
     * @return false when the executor closes meanwhile: the command is another instance's then
     */
    boolean await(Duration time) {
        try {
            return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets nobody wait any more. */
    void close() {
        closed.countDown();
    }
}
