package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ApiRequest;
import dev.intermezzo.schemas.avro.RefundAsked;
import dev.intermezzo.schemas.avro.RefundRefused;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was asked for under each Idempotency-Key in the last 30 days, the same for every instance: each follows
 * {@code api-requests} from its beginning, and of two requests under one key the first in the log is the one that counts. An
 * instance that wants to be first writes and then reads who was.
 *
 * <p>About half a kilobyte for each request: a million of them in 30 days are 500 MB. Beyond a number that is set, no new key
 * is taken; what stands in the log is remembered all the same, since a request that is not known would be taken for a first.
 * Safe for several threads.
 */
final class KeptRequests implements AutoCloseable {

    /** What the topic keeps at least. */
    static final Duration KEPT = Duration.ofDays(30);

    /** How many records pass between two looks for those whose time is over. */
    private static final int BETWEEN_SWEEPS = 10_000;

    /** While it is full, how often it is looked for requests whose time is over. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final Map<String, KeptRequest> first = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<KeptRequest>> awaited = new ConcurrentHashMap<>();
    private final Codec<ApiRequest> codec = Codec.of(ApiRequest.class);
    private final TypedProducer<ApiRequest> producer;
    private final int most;
    private final InstantSource clock;
    private final AtomicLong lookedMillis = new AtomicLong();
    private final TopicTail tail;
    private int sinceSweep;

    /** @param most beyond it, it is {@link #full} */
    KeptRequests(
            KafkaSettings kafka,
            WriterSchemas schemas,
            TypedProducer<ApiRequest> producer,
            int most,
            InstantSource clock) {
        this.producer = producer;
        this.most = most;
        this.clock = clock;
        this.tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "api-requests"),
                kafka.topic(Topics.API_REQUESTS),
                TopicTail.From.BEGINNING,
                record -> {
                    if (record.value() != null) {
                        take(codec.decode(record.value(), schemas));
                    }
                });
    }

    /** Registers how many are remembered, and how many records were passed over. */
    void measure(MeterRegistry meters, String stage) {
        tail.measure(meters, stage, Topics.API_REQUESTS.name());
        Gauge.builder("intermezzo.api.requests.kept", this, KeptRequests::size)
                .description("Requests of the last 30 days that are remembered under their Idempotency-Key.")
                .register(meters);
    }

    void start() {
        tail.start();
    }

    /** Whether everything that was there at the start is known. */
    boolean ready() {
        return tail.caughtUp();
    }

    /** The first request under this id, unless its 30 days are over. */
    Optional<KeptRequest> find(String id) {
        KeptRequest known = first.get(id);
        if (known != null && over(known, clock.instant())) {
            first.remove(id, known);
            return Optional.empty();
        }
        return Optional.ofNullable(known);
    }

    /** Whether no new key is taken until the time of some is over. Those under way at any instance may still come to it. */
    boolean full() {
        if (first.size() < most) {
            return false;
        }
        Instant now = clock.instant();
        long before = lookedMillis.get();
        if (now.toEpochMilli() - before >= BETWEEN_LOOKS.toMillis()
                && lookedMillis.compareAndSet(before, now.toEpochMilli())) {
            forgetOver(now);
        }
        return first.size() >= most;
    }

    /**
     * Writes a request and tells which was first: this one, or another that came between.
     *
     * @return empty when it could not be kept, or not be read again, in time
     */
    Optional<KeptRequest> keep(ApiRequest request, Deadline deadline) {
        CompletableFuture<KeptRequest> read = awaited.computeIfAbsent(request.getId(), id -> new CompletableFuture<>());
        CompletableFuture<?> written = producer.send(Topics.API_REQUESTS, request.getId(), request);
        boolean known = deadline.await(written, read);
        awaited.remove(request.getId(), read);
        return known ? Optional.of(read.join()) : Optional.empty();
    }

    /** Keeps why the payment refused it, so that every instance can tell; not waited for. */
    void refused(KeptRequest request, String code) {
        var act = request.act();
        var unused = producer.send(
                Topics.API_REQUESTS,
                request.id(),
                new ApiRequest(
                        request.id(),
                        act.getPaymentId(),
                        act.getMerchantId(),
                        act.getEnvironment(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        new RefundRefused(code)));
    }

    /** How many are remembered. */
    int size() {
        return first.size();
    }

    /** In the order of the log, on one thread; a repeat changes nothing. */
    void take(ApiRequest record) {
        sweep();
        switch (record.getBody()) {
            case RefundAsked asked -> {
                KeptRequest arrived = new KeptRequest(
                        record.getId(),
                        asked.getContentDigest(),
                        asked.getReason(),
                        asked.getAct(),
                        record.getOccurredAt(),
                        Optional.empty());
                KeptRequest counts = first.merge(
                        record.getId(), arrived, (known, later) -> over(known, later.occurredAt()) ? later : known);
                CompletableFuture<KeptRequest> waiting = awaited.get(record.getId());
                if (waiting != null) {
                    waiting.complete(counts);
                }
            }
            case RefundRefused refused ->
                first.computeIfPresent(record.getId(), (id, known) -> known.refused(refused.getCode()));
            default -> throw new IllegalArgumentException("an api request has no body that is known");
        }
    }

    private void sweep() {
        if (++sinceSweep == BETWEEN_SWEEPS) {
            sinceSweep = 0;
            forgetOver(clock.instant());
        }
    }

    private void forgetOver(Instant now) {
        first.values().removeIf(request -> over(request, now));
    }

    @Override
    public void close() {
        tail.close();
    }

    private static boolean over(KeptRequest request, Instant at) {
        return request.occurredAt().plus(KEPT).isBefore(at);
    }
}
