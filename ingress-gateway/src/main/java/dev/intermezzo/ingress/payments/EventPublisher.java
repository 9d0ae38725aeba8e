package dev.intermezzo.ingress.payments;

import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Publishes facts about payments. Nothing here keeps its caller, also not a producer that waits for metadata or for room;
 * every future fails or completes within the producer's delivery timeout and the second that it may wait before.
 */
public final class EventPublisher {

    private final TypedProducer<PaymentEvent> events;
    private final TypedProducer<BuyerKey> keys;
    private final InstantSource clock;

    public EventPublisher(TypedProducer<PaymentEvent> events, TypedProducer<BuyerKey> keys, InstantSource clock) {
        this.events = events;
        this.keys = keys;
        this.clock = clock;
    }

    /** An id for an event that this edge originates. */
    public String newId() {
        return Ids.uuidV7(clock);
    }

    /** Time as the wire carries it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Publishes a fact; the future completes when it is durable.
     *
     * @param body one of the bodies of {@link PaymentEvent}
     */
    public CompletableFuture<?> publish(String eventId, PaymentOwner owner, SpecificRecordBase body) {
        PaymentEvent event = event(eventId, owner, body);
        return apart(() -> events.send(Topics.PAYMENT_EVENTS, owner.paymentId(), event));
    }

    /** A fact as {@link #publish} publishes it. */
    public PaymentEvent event(String eventId, PaymentOwner owner, SpecificRecordBase body) {
        return new PaymentEvent(eventId, owner.paymentId(), owner.merchantId(), owner.environment(), now(), body);
    }

    /** Publishes the key that a sealed part needs; do so before the fact that holds the part. */
    public CompletableFuture<?> publish(PaymentOwner owner, WrappedKey key) {
        BuyerKey wrapped = new BuyerKey(owner.paymentId(), owner.merchantId(), owner.environment(), now(), key);
        return apart(() -> keys.send(Topics.BUYER_KEYS, owner.paymentId(), wrapped));
    }

    private static CompletableFuture<?> apart(Supplier<CompletableFuture<RecordMetadata>> send) {
        CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            var unused = send.get().whenComplete((metadata, failure) -> {
                if (failure == null) {
                    sent.complete(metadata);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        });
        return sent;
    }
}
