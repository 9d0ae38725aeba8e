package dev.intermezzo.ingress.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewRequested;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds a payment's view, asking the orchestrator when this instance does not have it. One question per payment and
 * second: whoever reloads a page, or has a script do it, cannot fill the topic.
 */
public final class ViewRequests {

    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int MOST_REMEMBERED = 50_000;

    private final PaymentViews views;
    private final EventPublisher events;
    private final Cache<String, Boolean> asked = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(BETWEEN)
            .build();

    public ViewRequests(PaymentViews views, EventPublisher events) {
        this.views = views;
        this.events = events;
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
        if (asked.asMap().putIfAbsent(owner.paymentId(), true) == null) {
            // Not waited for: when it is lost, the page asks again.
            var unused = events.publish(events.newId(), owner, new ViewRequested());
        }
    }
}
