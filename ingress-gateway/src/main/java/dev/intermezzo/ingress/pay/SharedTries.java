package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.VoucherTry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The tries of vouchers of the last hour, the same for every instance: each follows {@code voucher-tries} from its beginning,
 * and a try counts by its place in the log. Who wants to try writes that first and then reads what it came to, so that
 * neither a second instance nor a restart gives anybody more tries.
 *
 * <p>Kafka learns a name for the address, not the address. Safe for several threads.
 */
public final class SharedTries implements AutoCloseable {

    private final Map<String, CompletableFuture<Optional<Duration>>> awaited = new ConcurrentHashMap<>();
    private final Codec<VoucherTry> codec = Codec.of(VoucherTry.class);
    private final VoucherTries tries;
    private final UnaryOperator<String> names;
    private final TypedProducer<VoucherTry> producer;
    private final InstantSource clock;
    private final TopicTail tail;

    /**
     * @param names gives an address a name that tells nothing about it, the same at every instance
     * @param most tries per address and hour
     */
    public SharedTries(
            KafkaSettings kafka,
            WriterSchemas schemas,
            TypedProducer<VoucherTry> producer,
            UnaryOperator<String> names,
            int most,
            InstantSource clock) {
        this.tries = new VoucherTries(most);
        this.names = names;
        this.producer = producer;
        this.clock = clock;
        this.tail = new TopicTail(
                () -> KafkaClients.tail(kafka, "ingress-voucher-tries"),
                kafka.topic(Topics.VOUCHER_TRIES),
                TopicTail.From.BEGINNING,
                record -> {
                    if (record.value() != null) {
                        take(codec.decode(record.value(), schemas));
                    }
                });
    }

    /** What became of the wish to try one. */
    sealed interface Outcome {

        /** It may be tried, and counts. */
        record Counted() implements Outcome {}

        /** There were too many; after this time there are not. */
        record TooMany(Duration until) implements Outcome {}

        /** Whether there were too many could not be found out in time. */
        record Unknown() implements Outcome {}
    }

    /**
     * Registers how many records were passed over.
     *
     * @param stage label: who follows them
     */
    public void measure(MeterRegistry meters, String stage) {
        tail.measure(meters, stage, Topics.VOUCHER_TRIES.name());
    }

    public void start() {
        tail.start();
    }

    /** Fetches the producer's metadata. */
    public void warmUp() {
        producer.warmUp(Topics.VOUCHER_TRIES);
    }

    /** Whether the tries that were there at the start are known. */
    public boolean ready() {
        return tail.caughtUp();
    }

    /**
     * Another try from this address. Who has tried too often already is told so without a record, so that nobody fills the
     * topic.
     */
    Outcome another(String address, PaymentOwner owner, Deadline deadline) {
        String name = names.apply(Neighbourhood.of(address));
        Optional<Duration> known = tries.waitOf(name, clock.instant());
        return known.<Outcome>map(Outcome.TooMany::new).orElseGet(() -> written(name, owner, deadline));
    }

    private Outcome written(String name, PaymentOwner owner, Deadline deadline) {
        String id = Ids.uuidV7(clock);
        VoucherTry one = new VoucherTry(
                id,
                name,
                owner.paymentId(),
                owner.merchantId(),
                owner.environment(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        CompletableFuture<Optional<Duration>> read = new CompletableFuture<>();
        awaited.put(id, read);
        CompletableFuture<?> written = producer.send(Topics.VOUCHER_TRIES, name, one);
        boolean known = deadline.await(written, read);
        awaited.remove(id, read);
        return known
                ? read.join().<Outcome>map(Outcome.TooMany::new).orElseGet(Outcome.Counted::new)
                : new Outcome.Unknown();
    }

    /** In the order of the log, on one thread. */
    private void take(VoucherTry read) {
        Optional<Duration> wait = tries.tried(read.getAddress(), read.getOccurredAt());
        CompletableFuture<Optional<Duration>> waiting = awaited.get(read.getId());
        if (waiting != null) {
            waiting.complete(wait);
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
