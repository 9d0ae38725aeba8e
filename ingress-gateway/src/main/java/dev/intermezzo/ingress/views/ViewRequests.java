package dev.intermezzo.ingress.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewRequested;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds a payment's view, asking the orchestrator when this instance does not have it and none is on its way. A payment is
 * asked for after one second, then two, four and so on: whoever reloads a page, or has a script do it, cannot fill the
 * topic, and pages that wait for a pipeline that is behind do not put it further behind.
 */
public final class ViewRequests {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Longer than the longest wait, so that it is not begun anew while somebody still looks. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    private static final int MOST_REMEMBERED = 50_000;

    private final PaymentViews views;
    private final PipelineDelay delay;
    private final EventPublisher events;
    private final InstantSource clock;
    private final Cache<String, Asked> asked = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /**
     * @param again from when on it may be asked again
     * @param pause how long that is after this time
     */
    private record Asked(Instant again, Duration pause) {
        static Asked first(Instant now) {
            return new Asked(now.plus(FIRST), FIRST);
        }

        Asked next(Instant now) {
            Duration longer = pause.multipliedBy(2);
            Duration bounded = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
            return new Asked(now.plus(bounded), bounded);
        }
    }

    public ViewRequests(PaymentViews views, PipelineDelay delay, EventPublisher events, InstantSource clock) {
        this.views = views;
        this.delay = delay;
        this.events = events;
        this.clock = clock;
    }

    /** The latest view, known or obtained within this time. */
    public Optional<PaymentView> find(PaymentOwner owner, Duration atMost) {
        String paymentId = owner.paymentId();
        Optional<PaymentView> known = views.latest(paymentId);
        if (known.isPresent()) {
            return known;
        }
        try (ViewWaiter waiter = views.waitFor(paymentId, view -> true)) {
            request(owner);
            return waiter.await(atMost).or(() -> views.latest(paymentId));
        }
    }

    private void request(PaymentOwner owner) {
        if (!delay.awaits(owner.paymentId()) && mayAsk(owner.paymentId())) {
            // Not waited for: when it is lost, the page asks again.
            var unused = events.publish(events.newId(), owner, new ViewRequested());
        }
    }

    private boolean mayAsk(String paymentId) {
        Instant now = clock.instant();
        Asked before = asked.getIfPresent(paymentId);
        if (before == null) {
            return asked.asMap().putIfAbsent(paymentId, Asked.first(now)) == null;
        }
        return !now.isBefore(before.again()) && asked.asMap().replace(paymentId, before, before.next(now));
    }
}
