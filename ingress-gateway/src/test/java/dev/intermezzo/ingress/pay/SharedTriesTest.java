package dev.intermezzo.ingress.pay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RawTopic;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.sealing.AddressNames;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.Environment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances and one log, on a real broker. */
class SharedTriesTest {

    private static final int MOST = 10;
    private static final String ADDRESS = "192.0.2.7";
    private static final PaymentOwner OWNER = new PaymentOwner("shop~order", "merchant", Environment.SANDBOX);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static EmbeddedBroker broker;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final AddressNames names = new AddressNames(SealingKeys.generate());
    private final List<AutoCloseable> running = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // made before each test
    private KafkaSettings kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.temporary();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        kafka = new KafkaSettings(broker.bootstrapServers(), "test-" + System.nanoTime() + ".", "test");
        try (TopicAdmin admin = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            admin.apply(List.of(Topics.VOUCHER_TRIES));
        }
    }

    @AfterEach
    void stopInstances() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    @Test
    void two_instances_together_give_one_address_as_many_tries_as_one_would() {
        SharedTries one = instance();
        SharedTries other = instance();

        for (int i = 0; i < MOST; i++) {
            assertThat(another(i % 2 == 0 ? one : other)).isEqualTo(new SharedTries.Outcome.Counted());
        }

        assertThat(another(one)).isEqualTo(new SharedTries.Outcome.TooMany(Duration.ofHours(1)));
        assertThat(another(other)).isEqualTo(new SharedTries.Outcome.TooMany(Duration.ofHours(1)));
        assertThat(one.another("192.0.2.8", OWNER, Deadline.in(PATIENCE))).isEqualTo(new SharedTries.Outcome.Counted());
    }

    @Test
    void tries_that_race_at_several_instances_are_let_in_by_their_place_in_the_log() {
        List<SharedTries> instances = List.of(instance(), instance(), instance());

        List<SharedTries.Outcome> outcomes;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            outcomes = IntStream.range(0, 4 * MOST)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> another(instances.get(i % 3)), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        assertThat(outcomes)
                .filteredOn(SharedTries.Outcome.Counted.class::isInstance)
                .hasSize(MOST);
        assertThat(outcomes)
                .filteredOn(SharedTries.Outcome.TooMany.class::isInstance)
                .hasSize(3 * MOST);
    }

    @Test
    void an_instance_that_starts_again_remembers_until_the_hour_is_over() {
        SharedTries before = instance();
        for (int i = 0; i < MOST; i++) {
            another(before);
        }
        before.close();
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(50)));

        SharedTries after = instance();

        assertThat(another(after)).isEqualTo(new SharedTries.Outcome.TooMany(Duration.ofMinutes(10)));
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(10)));
        assertThat(another(after)).isEqualTo(new SharedTries.Outcome.Counted());
    }

    @Test
    void who_has_tried_too_often_writes_no_more_records_and_no_record_tells_an_address() {
        SharedTries tries = instance();
        for (int i = 0; i < 3 * MOST; i++) {
            another(tries);
        }

        List<String> records = new ArrayList<>();
        try (RawTopic raw = new RawTopic(kafka, "test-reader")) {
            IntStream.range(0, TopicSettings.sandbox().partitions())
                    .forEach(n -> raw.read(
                            new TopicPartition(kafka.topic(Topics.VOUCHER_TRIES), n),
                            record -> records.add(new String(record.key(), StandardCharsets.UTF_8)
                                    + new String(record.value(), StandardCharsets.ISO_8859_1))));
        }
        assertThat(records)
                .hasSize(MOST)
                .allSatisfy(record -> assertThat(record).doesNotContain(ADDRESS));
    }

    @Test
    void without_kafka_it_is_not_known_in_time() {
        SharedTries tries;
        try (EmbeddedBroker gone = EmbeddedBroker.temporary()) {
            kafka = new KafkaSettings(gone.bootstrapServers(), "test.", "test");
            try (TopicAdmin admin = new TopicAdmin(kafka, TopicSettings.sandbox())) {
                admin.apply(List.of(Topics.VOUCHER_TRIES));
            }
            tries = instance();
        }

        assertThat(tries.another(ADDRESS, OWNER, Deadline.in(Duration.ofSeconds(1))))
                .isEqualTo(new SharedTries.Outcome.Unknown());
    }

    private SharedTries.Outcome another(SharedTries at) {
        return at.another(ADDRESS, OWNER, Deadline.in(PATIENCE));
    }

    private SharedTries instance() {
        Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
        SharedTries tries = new SharedTries(
                kafka, WriterSchemas.compiledIn(), new TypedProducer<>(producer, kafka), names::of, MOST, now::get);
        running.add(tries);
        running.add(() -> producer.close(Duration.ZERO));
        tries.start();
        await().atMost(PATIENCE).until(tries::ready);
        return tries;
    }
}
