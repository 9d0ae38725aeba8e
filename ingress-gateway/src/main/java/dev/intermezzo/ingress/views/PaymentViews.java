package dev.intermezzo.ingress.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.PaymentView;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The latest view of every payment this instance has heard of, and the pages that wait for news.
 *
 * <p>Every instance follows the end of {@code payment-views}, all partitions, read committed, without a group: whichever
 * instance a browser reaches can show its payment. A view that came before this instance started, or that the bounded
 * cache has let go, is asked for again ({@link ViewRequests}). Safe for use by several threads.
 */
public final class PaymentViews implements AutoCloseable {

    /** A view is about one kilobyte: at most some 50 MB. */
    private static final int MOST_CACHED = 50_000;

    /** The topic itself keeps views no longer. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cache<String, PaymentView> latest = Caffeine.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(KEPT)
            .build();
    private final ConcurrentHashMap<String, List<ViewWaiter>> waiters = new ConcurrentHashMap<>();
    private final Codec<PaymentView> codec = Codec.of(PaymentView.class);
    private final WriterSchemas schemas;
    private final Consumer<PaymentView> listener;
    private final TopicTail tail;

    public PaymentViews(KafkaSettings kafka, WriterSchemas schemas) {
        this(kafka, schemas, view -> {});
    }

    /** @param listener hears every view, on the thread that follows the topic */
    public PaymentViews(KafkaSettings kafka, WriterSchemas schemas, Consumer<PaymentView> listener) {
        this.schemas = schemas;
        this.listener = listener;
        this.tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "ingress-views"),
                kafka.topic(Topics.PAYMENT_VIEWS),
                TopicTail.From.END,
                record -> {
                    if (record.value() != null) {
                        accept(codec.decode(record.value(), this.schemas));
                    }
                });
    }

    /**
     * Registers how many records were passed over.
     *
     * @param stage label: who follows them
     */
    public void measure(MeterRegistry meters, String stage) {
        tail.measure(meters, stage, Topics.PAYMENT_VIEWS.name());
    }

    public void start() {
        tail.start();
    }

    /** Whether every view written from now on will be heard of. */
    public boolean ready() {
        return tail.caughtUp();
    }

    public Optional<PaymentView> latest(String paymentId) {
        return Optional.ofNullable(latest.getIfPresent(paymentId));
    }

    /**
     * Begins to wait for a view. Begin before publishing what it shall answer, or the answer may be missed.
     *
     * @param until sees each view of the payment in order, on the thread that follows the topic; true ends the wait
     */
    public ViewWaiter waitFor(String paymentId, Predicate<PaymentView> until) {
        ViewWaiter waiter = new ViewWaiter(until, gone -> forget(paymentId, gone));
        waiters.compute(paymentId, (id, present) -> {
            List<ViewWaiter> list = present == null ? new CopyOnWriteArrayList<>() : present;
            list.add(waiter);
            return list;
        });
        return waiter;
    }

    /** How many pages wait right now. */
    public int waiting() {
        return waiters.values().stream().mapToInt(List::size).sum();
    }

    void accept(PaymentView view) {
        listener.accept(view);
        String id = view.getPaymentId();
        // A repeat of an older record must not replace what is known; an equal sequence answers another event.
        latest.asMap()
                .merge(id, view, (known, arrived) -> arrived.getSequence() >= known.getSequence() ? arrived : known);
        for (ViewWaiter waiter : waiters.getOrDefault(id, List.of())) {
            waiter.accept(view);
        }
    }

    @Override
    public void close() {
        tail.close();
    }

    private void forget(String paymentId, ViewWaiter waiter) {
        waiters.computeIfPresent(paymentId, (id, list) -> {
            list.remove(waiter);
            return list.isEmpty() ? null : list;
        });
    }
}
