package dev.intermezzo.orchestrator.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.topology.Facts;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.LedgerEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The auditor against a real broker. */
class AuditorServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "test.", "one");
    private final Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
    private final Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);

    @TempDir
    private Path data;

    @BeforeEach
    void topics() {
        try (TopicAdmin admin = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            admin.apply(Topics.ALL);
        }
    }

    @AfterEach
    void close() {
        producer.close();
        broker.close();
    }

    @Test
    void a_breach_is_told_as_it_is_written_and_known_to_whoever_takes_over_without_a_store() throws Exception {
        List<LedgerEntry> honest =
                new Stories(Facts.ofOrder(1), new Bookkeeper()).approved().ledger();
        List<LedgerEntry> cut =
                new Stories(Facts.ofOrder(2), new Bookkeeper()).approved().ledger();
        MeterRegistry first = new SimpleMeterRegistry();
        try (AuditorService auditor = started("first", first)) {
            write(honest);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(entries(first)).isEqualTo(honest.size()));
            assertThat(breaches(first)).isZero();

            write(List.of(cut.get(0), cut.get(2)));

            await().atMost(LIMIT).untilAsserted(() -> assertThat(broken(first)).isEqualTo(1));
            assertThat(breaches(first)).isEqualTo(1);
            assertThat(auditor.ready()).as("a breach stops nobody").isTrue();
        }

        MeterRegistry second = new SimpleMeterRegistry();
        try (AuditorService auditor = started("second", second)) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(broken(second)).isEqualTo(1));

            assertThat(auditor.ready()).isTrue();
            assertThat(breaches(second)).as("nothing is told again").isZero();
            assertThat(entries(second)).as("nothing is read again").isZero();
        }
    }

    private AuditorService started(String folder, MeterRegistry meters) {
        AuditorService auditor =
                new AuditorService(AuditorSettings.sandbox(data.resolve(folder)), kafka, InstantSource.system());
        auditor.measure(meters);
        auditor.start();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(auditor.ready())
                        .as(auditor.notReadyBecause())
                        .isTrue());
        return auditor;
    }

    private void write(List<LedgerEntry> entries) throws Exception {
        for (LedgerEntry entry : entries) {
            producer.send(new ProducerRecord<>(
                            kafka.topic(Topics.PAYMENT_LEDGER), entry.getPaymentId(), codec.encode(entry)))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static int broken(MeterRegistry meters) {
        return (int) meters.get("intermezzo.auditor.broken.payments")
                .tag("rule", Rule.CHAIN.code())
                .gauge()
                .value();
    }

    private static int breaches(MeterRegistry meters) {
        return meters.get("intermezzo.auditor.breaches").functionCounters().stream()
                .mapToInt(counter -> (int) counter.count())
                .sum();
    }

    private static int entries(MeterRegistry meters) {
        return meters.get("intermezzo.auditor.entries").functionCounters().stream()
                .mapToInt(counter -> (int) counter.count())
                .sum();
    }
}
