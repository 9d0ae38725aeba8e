package dev.intermezzo.cli.bench;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.HoldReason;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentPlan;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A steady beat of events through the orchestrator, and how long it stopped. Each event is the checkout of another payment
 * that is held for an operator: it is decided and stored, and its ledger entry and view are written, but nothing is called, so
 * what is measured is the state machine's own way.
 *
 * <p>Recovery from a blow is the time until, on every partition, an event that was published <em>after</em> the blow stands
 * committed in the ledger, as a reader sees it.
 */
final class Beat implements AutoCloseable {
    private static final String MERCHANT = "bench";

    private final Producer<String, byte[]> producer;
    private final TypedProducer<PaymentEvent> events;
    private final TopicTail ledger;
    private final Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);
    private final WriterSchemas schemas;
    private final InstantSource clock;
    private final int partitions;
    private final Thread beat;
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final Map<Integer, Instant> seen = new ConcurrentHashMap<>();
    private volatile Instant since = Instant.MAX;

    /**
     * @param perSecond events
     * @param partitions of the ledger
     */
    Beat(KafkaSettings kafka, WriterSchemas schemas, int perSecond, int partitions, InstantSource clock) {
        this.producer = KafkaClients.producer(kafka, "bench");
        this.events = new TypedProducer<>(producer, kafka);
        this.schemas = schemas;
        this.partitions = partitions;
        this.clock = clock;
        this.ledger = new TopicTail(
                () -> KafkaClients.tail(kafka, "bench-ledger"),
                kafka.topic(Topics.PAYMENT_LEDGER),
                TopicTail.From.END,
                this::entry);
        this.beat = Thread.ofPlatform().daemon().name("beat").unstarted(() -> publish(perSecond));
    }

    void start() {
        events.warmUp(Topics.PAYMENT_EVENTS);
        ledger.start();
        beat.start();
    }

    /** From now on entries count of which the event is younger than this. */
    void expectAfter(Instant blow) {
        since = Instant.MAX;
        seen.clear();
        since = blow;
    }

    /** When every partition was seen to go on; empty while one has not. */
    Optional<Instant> recovered() {
        return seen.size() < partitions
                ? Optional.empty()
                : seen.values().stream().max(Instant::compareTo);
    }

    /** Events in the ledger so far. */
    long committed() {
        return committed.get();
    }

    /** Events that Kafka did not take in time: at an edge each would have been a 503, to be tried again. */
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        beat.interrupt();
        ledger.close();
        producer.close(Duration.ZERO);
    }

    private void entry(ConsumerRecord<String, byte[]> record) {
        Instant read = clock.instant();
        committed.incrementAndGet();
        if (codec.decode(record.value(), schemas).getOccurredAt().isAfter(since)) {
            seen.putIfAbsent(record.partition(), read);
        }
    }

    private void publish(int perSecond) {
        long pause = Duration.ofSeconds(1).toNanos() / perSecond;
        long next = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                PaymentEvent event = checkout();
                // A send waits up to a second while nobody leads its partition; the beat goes on for the others then.
                count(events.send(Topics.PAYMENT_EVENTS, event.getPaymentId(), event));
                next = Math.max(
                        next + pause, System.nanoTime() - Duration.ofSeconds(1).toNanos());
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void count(CompletableFuture<RecordMetadata> sent) {
        sent.whenComplete((stored, failure) -> failed.addAndGet(failure == null ? 0 : 1));
    }

    private PaymentEvent checkout() {
        String order = UUID.randomUUID().toString();
        return PaymentEvent.newBuilder()
                .setId(Ids.uuidV7(clock))
                .setPaymentId(Ids.payment(MERCHANT, order))
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setBody(CheckoutReceived.newBuilder()
                        .setOrderUuid(order)
                        .setInvoiceId("M-1234567890-1234567890")
                        .setAmount(WireMoney.of(Money.ofMinor(CurrencyUnit.CAD, 4990)))
                        .setIntegrationId(MERCHANT)
                        .setMozelloKeyId("bench-key")
                        .setLanguageCode("en")
                        .setShopName("Bench")
                        .setSuccessUrl("https://shop.example/success")
                        .setFailureUrl("https://shop.example/failure")
                        .setNotifyUrl("https://shop.example/notify")
                        .setContentDigest(ByteBuffer.wrap(new byte[32]))
                        .setHolds(List.of(new HoldReason("bench", "")))
                        .setPlan(new PaymentPlan("1", "1", List.of(), 86_400, NoWordPolicy.FAILED, true, false))
                        .build())
                .build();
    }
}
