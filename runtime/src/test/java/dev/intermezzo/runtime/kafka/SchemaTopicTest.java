package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.schemas.CompiledSchemas;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.avro.CashierCommand;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class SchemaTopicTest {
    private static final Schema NEWER = SchemaBuilder.record("Newer")
            .namespace("example")
            .fields()
            .requiredString("id")
            .endRecord();
    private static final long FINGERPRINT = CompiledSchemas.fingerprint(NEWER);

    @Test
    void publish_writes_every_schema_of_this_build_once(KafkaSettings kafka) {
        createTopic(kafka);
        try (SchemaTopic first = new SchemaTopic(kafka)) {
            first.start();
            first.publish();
        }
        try (SchemaTopic second = new SchemaTopic(kafka)) {
            second.start();
            second.publish();
        }

        Set<String> keys = ConcurrentHashMap.newKeySet();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TopicTail tail = tail(kafka, keys, seen)) {
            tail.start();
            await().until(tail::caughtUp);
        }
        assertThat(seen).hasSameSizeAs(CompiledSchemas.all()).hasSameSizeAs(keys);
    }

    @Test
    void a_schema_of_a_newer_build_is_waited_for(KafkaSettings kafka) throws Exception {
        createTopic(kafka);
        try (SchemaTopic topic = new SchemaTopic(kafka)) {
            topic.start();
            await().until(topic::ready);

            CompletableFuture<Schema> found = CompletableFuture.supplyAsync(() -> topic.find(FINGERPRINT));
            assertThat(found).isNotDone();
            write(kafka, "%016x".formatted(FINGERPRINT), NEWER.toString());

            assertThat(found.get(20, TimeUnit.SECONDS)).isEqualTo(NEWER);
        }
    }

    @Test
    void the_wait_is_bounded_and_names_the_fingerprint(KafkaSettings kafka) {
        createTopic(kafka);
        try (SchemaTopic topic = new SchemaTopic(kafka, Duration.ofMillis(50))) {
            topic.start();

            assertThatThrownBy(() -> topic.find(42))
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("000000000000002a");
        }
    }

    @Test
    void a_schema_under_a_false_fingerprint_is_not_believed(KafkaSettings kafka) throws Exception {
        createTopic(kafka);
        write(kafka, "%016x".formatted(7), NEWER.toString());
        write(kafka, "%016x".formatted(8), "no schema");
        try (SchemaTopic topic = new SchemaTopic(kafka, Duration.ofMillis(50))) {
            topic.start();
            await().until(topic::ready);

            assertThatThrownBy(() -> topic.find(7)).isInstanceOf(UnknownSchemaException.class);
            assertThatThrownBy(() -> topic.find(FINGERPRINT)).isInstanceOf(UnknownSchemaException.class);
        }
    }

    @Test
    void a_record_that_is_no_schema_is_passed_over_and_counted(KafkaSettings kafka) throws Exception {
        createTopic(kafka);
        write(kafka, "%016x".formatted(7), NEWER.toString());
        write(kafka, "%016x".formatted(8), "no schema");
        MeterRegistry meters = new SimpleMeterRegistry();
        try (SchemaTopic topic = new SchemaTopic(kafka)) {
            topic.measure(meters, "test");
            topic.start();
            await().until(topic::ready);
        }

        assertThat(meters.get("intermezzo.records.passed.over")
                        .tag("stage", "test")
                        .tag("topic", "schemas")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
    }

    /** Architecture, section 4: waited for, never dead-lettered. */
    @Test
    void a_schema_that_nobody_publishes_is_asked_for_again_and_again_and_its_age_is_told(KafkaSettings kafka)
            throws Exception {
        createTopic(kafka);
        byte[] value = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(FINGERPRINT)
                .array();
        MeterRegistry meters = new SimpleMeterRegistry();
        try (SchemaTopic topic = new SchemaTopic(kafka, Duration.ofMillis(20))) {
            topic.measure(meters, "test");
            topic.start();
            await().until(topic::ready);
            TopicReader<CashierCommand> reader = new TopicReader<>(Topics.CASHIER_COMMANDS, topic);
            assertThat(age(meters)).isZero();

            for (int n = 0; n < 3; n++) {
                assertThatThrownBy(() -> reader.read(value)).isInstanceOf(UnknownSchemaException.class);
            }
            assertThat(age(meters)).isGreaterThan(0.04);

            write(kafka, "%016x".formatted(FINGERPRINT), NEWER.toString());
            await().untilAsserted(() -> assertThat(age(meters)).isZero());
            assertThat(reader.read(value))
                    .as("now it can be judged: no command")
                    .isInstanceOfSatisfying(
                            TopicReader.Reading.Unacceptable.class,
                            bad -> assertThat(bad.code()).isEqualTo("wrong-origin"));
        }
    }

    private static double age(MeterRegistry meters) {
        return meters.get("intermezzo.schema.unknown")
                .tag("stage", "test")
                .gauge()
                .value();
    }

    private static TopicTail tail(KafkaSettings kafka, Set<String> keys, List<String> seen) {
        return new TopicTail(
                () -> KafkaClients.tail(kafka, "test"),
                kafka.named(Topics.SCHEMAS_NAME),
                TopicTail.From.BEGINNING,
                record -> {
                    keys.add(record.key());
                    seen.add(record.key());
                });
    }

    private static void createTopic(KafkaSettings kafka) {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(List.of());
        }
    }

    private static void write(KafkaSettings kafka, String key, String value) throws Exception {
        try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            producer.send(new ProducerRecord<>(
                            kafka.named(Topics.SCHEMAS_NAME), key, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
