package dev.intermezzo.orchestrator.correlator;

import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CorrelationState;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.HeldWebhook;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookOrphaned;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens with one Cashier transaction's webhooks, as a pure function of its state, a fact and the time.
 *
 * <p>A webhook of a known transaction goes to its payment, repeats included: the payment recognises them. One that comes
 * first is held; the index entry releases all in order of arrival. One whose user id names its attempt need not wait: it
 * goes there, unless the index knows better. When nothing claims it within the holding time, an
 * approval becomes an orphan, because somebody paid, and anything else a dead letter.
 *
 * <p>What a shop tells about one of its orders is found in the same way, by integration and invoice; it is not held.
 */
final class CorrelationStep {
    /** More webhooks than this before the first index entry are no normal traffic. */
    static final int MAX_HELD = 8;

    private final Duration hold;
    private final Duration indexRetention;

    /**
     * @param hold how long an early webhook waits for its index entry
     * @param indexRetention how long an index entry leads webhooks to its payment
     */
    CorrelationStep(Duration hold, Duration indexRetention) {
        this.hold = hold;
        this.indexRetention = indexRetention;
    }

    /**
     * A webhook as it arrived.
     *
     * @param offset where it lies on webhook-inbox
     * @param traceparent W3C trace context; empty: none
     */
    record Arrival(InboxWebhook webhook, long offset, String traceparent) {}

    /** Something the step wants written. */
    sealed interface Output {
        /** A fact for the orchestrator, keyed by the payment it names. */
        record Publish(InternalEvent event, String traceparent) implements Output {}

        /** A webhook that leads nowhere; a person has to look. */
        record Dead(Arrival arrival, String code, String reason) implements Output {}
    }

    /**
     * @param state what is kept; null: nothing
     * @param wake when to look at this transaction again; null: no new time
     */
    record Turn(
            @Nullable CorrelationState state,
            List<Output> outputs,
            @Nullable Instant wake) {}

    /** The orchestrator tells which payment a transaction belongs to. */
    Turn indexed(@Nullable CorrelationState before, WebhookIndexEntry entry) {
        WebhookIndexEntry known = before == null ? null : before.getEntry();
        if (known != null) {
            // The first entry stays: a later one for the same transaction must not move its webhooks elsewhere.
            return new Turn(before, List.of(), null);
        }
        List<Output> released = new ArrayList<>();
        for (HeldWebhook held : held(before)) {
            released.add(matched(arrival(held), entry));
        }
        return new Turn(
                new CorrelationState(entry, List.of()),
                released,
                entry.getOccurredAt().plus(indexRetention));
    }

    /** A webhook arrived that does not name its payment. */
    Turn received(@Nullable CorrelationState before, Arrival arrival, Instant now) {
        InboxWebhook webhook = arrival.webhook();
        WebhookFacts facts = webhook.getWebhook();
        if (facts.getShape() == WebhookShape.UNREADABLE) {
            return dead(before, arrival, "webhook-unreadable", "The body could not be read.");
        }
        if (facts.getTransactionId().isEmpty()) {
            return dead(
                    before, arrival, "webhook-without-transaction", "It names neither a payment nor a transaction.");
        }
        WebhookIndexEntry entry = before == null ? null : before.getEntry();
        if (entry != null) {
            return new Turn(before, List.of(matched(arrival, entry)), null);
        }
        if (Ids.isShop(facts.getAccount())) {
            // A shop tells of all its orders, most of which are paid in other ways: nothing is amiss.
            return new Turn(before, List.of(), null);
        }
        Optional<Output> named = named(arrival);
        if (named.isPresent()) {
            return new Turn(before, List.of(named.get()), null);
        }
        List<HeldWebhook> held = held(before);
        if (held.stream().anyMatch(one -> one.getWebhook().getId().equals(webhook.getId()))) {
            return new Turn(before, List.of(), null);
        }
        if (held.size() >= MAX_HELD) {
            return dead(
                    before,
                    arrival,
                    "webhook-hold-full",
                    "More than " + MAX_HELD + " webhooks wait for this transaction to become known.");
        }
        Instant until = now.plus(hold);
        List<HeldWebhook> more = new ArrayList<>(held);
        more.add(new HeldWebhook(webhook, until, arrival.offset(), arrival.traceparent()));
        return new Turn(new CorrelationState(null, more), List.of(), until);
    }

    /** A time asked for by an earlier turn has come. */
    Turn woken(@Nullable CorrelationState before, Instant now) {
        if (before == null) {
            return new Turn(null, List.of(), null);
        }
        WebhookIndexEntry entry = before.getEntry();
        if (entry != null) {
            boolean over = !entry.getOccurredAt().plus(indexRetention).isAfter(now);
            return new Turn(over ? null : before, List.of(), null);
        }
        List<Output> expired = new ArrayList<>();
        List<HeldWebhook> remaining = new ArrayList<>();
        for (HeldWebhook held : before.getHeld()) {
            if (held.getHeldUntil().isAfter(now)) {
                remaining.add(held);
            } else {
                expired.add(unclaimed(arrival(held), now));
            }
        }
        CorrelationState after = remaining.isEmpty() ? null : new CorrelationState(null, remaining);
        return new Turn(after, expired, null);
    }

    private static Turn dead(@Nullable CorrelationState state, Arrival arrival, String code, String reason) {
        return new Turn(state, List.of(new Output.Dead(arrival, code, reason)), null);
    }

    private static List<HeldWebhook> held(@Nullable CorrelationState state) {
        return state == null ? List.of() : state.getHeld();
    }

    private static Arrival arrival(HeldWebhook held) {
        return new Arrival(held.getWebhook(), held.getSourceOffset(), held.getTraceparent());
    }

    /** The edge read the user id, and checked that the payment it names uses the webhook's account. */
    private static Optional<Output> named(Arrival arrival) {
        InboxWebhook webhook = arrival.webhook();
        return Optional.ofNullable(webhook.getWebhook().getUserId())
                .flatMap(UserId::attemptOf)
                .filter(attempt -> attempt.paymentId().equals(webhook.getPaymentId()))
                .map(attempt -> matched(
                        arrival,
                        webhook.getPaymentId(),
                        webhook.getMerchantId(),
                        webhook.getEnvironment(),
                        attempt.attempt()));
    }

    private static Output matched(Arrival arrival, WebhookIndexEntry entry) {
        return matched(
                arrival, entry.getPaymentId(), entry.getMerchantId(), entry.getEnvironment(), entry.getAttempt());
    }

    private static Output matched(
            Arrival arrival, String paymentId, String merchantId, Environment environment, int attempt) {
        InboxWebhook webhook = arrival.webhook();
        InternalEvent event = InternalEvent.newBuilder()
                .setId(webhook.getId())
                .setPaymentId(paymentId)
                .setMerchantId(merchantId)
                .setEnvironment(environment)
                .setOccurredAt(webhook.getOccurredAt())
                .setBody(new WebhookMatched(webhook.getWebhook(), attempt))
                .build();
        return new Output.Publish(event, arrival.traceparent());
    }

    private static Output unclaimed(Arrival arrival, Instant now) {
        InboxWebhook webhook = arrival.webhook();
        WebhookFacts facts = webhook.getWebhook();
        if (facts.getStatus() != TransactionStatus.APPROVED) {
            return new Output.Dead(
                    arrival, "webhook-unclaimed", "No payment claimed this transaction within the holding time.");
        }
        InternalEvent event = InternalEvent.newBuilder()
                .setId(webhook.getId())
                .setPaymentId(Ids.orphan(facts.getAccount(), facts.getTransactionId()))
                .setMerchantId(webhook.getMerchantId())
                .setEnvironment(webhook.getEnvironment())
                .setOccurredAt(now)
                .setBody(new WebhookOrphaned(facts))
                .build();
        return new Output.Publish(event, arrival.traceparent());
    }
}
