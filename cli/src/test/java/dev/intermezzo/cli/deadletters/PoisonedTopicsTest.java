package dev.intermezzo.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.cli.demo.LedgerFacts;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.sandbox.check.DemoPlan;
import dev.intermezzo.sandbox.check.DemoReport;
import dev.intermezzo.sandbox.load.Demo;
import dev.intermezzo.sandbox.load.DemoSettings;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole installation whose every topic was written to by somebody who may not: each record is put aside, nobody stops. */
class PoisonedTopicsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PAYMENTS = 20;

    /** Topics whose records a stage takes one by one. The others are tables and tails, whose readers keep what they had. */
    private static final List<Topic<?>> TAKEN = List.of(
            Topics.PAYMENT_EVENTS,
            Topics.WEBHOOK_INBOX,
            Topics.WEBHOOK_INDEX,
            Topics.CASHIER_RESULTS,
            Topics.SHOP_RESULTS,
            Topics.NOTIFICATION_RESULTS,
            Topics.OPERATOR_ACTS,
            Topics.PAYMENT_INTERNAL,
            Topics.CASHIER_COMMANDS,
            Topics.ONCE_COMMANDS,
            Topics.SHOP_COMMANDS,
            Topics.NOTIFICATION_REQUESTS,
            Topics.NOTIFICATION_DUE,
            Topics.BUYER_KEYS);

    /** Where a record without a value takes another back. */
    private static final Set<Topic<?>> COMPACTED = Set.of(Topics.WEBHOOK_INDEX, Topics.BUYER_KEYS);

    private static final List<Topic<?>> FOLLOWED =
            List.of(Topics.MERCHANTS, Topics.PAYMENT_VIEWS, Topics.ONCE_CLAIMS, Topics.API_REQUESTS);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** What somebody wrote. */
    private enum Written {
        GARBAGE,
        STRANGER,
        NOTHING;

        /** The code that its letter must have. */
        String code() {
            return switch (this) {
                case GARBAGE -> "undecodable";
                case STRANGER -> "wrong-origin";
                case NOTHING -> "tombstone";
            };
        }

        byte @Nullable [] value() {
            return switch (this) {
                case GARBAGE -> new byte[] {1, 2, 3};
                // Well-formed, published, and no topic's.
                case STRANGER ->
                    Codec.of(ChainHead.class)
                            .encode(new ChainHead("demo-shop~poison", 1L, ByteBuffer.wrap(new byte[32])));
                case NOTHING -> null;
            };
        }
    }

    @Test
    @Tag("full")
    void every_poisoned_record_is_a_dead_letter_with_its_place_and_bytes_and_every_payment_goes_on() throws Exception {
        try (SandboxWorld world = SandboxWorld.start(folder, Ports.free(), what -> {});
                LedgerFacts facts = new LedgerFacts(world.kafka())) {
            facts.start();
            Map<String, Written> poison = poison(world);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(letters(world).keySet()).containsAll(poison.keySet()));
            DemoReport report = demo(world, facts);

            assertThat(report.wrong()).as(report.toJson()).isZero();
            Vault vault = new Vault(SealingKeys.load(folder.resolve("keys")));
            Map<String, DeadLetter> letters = letters(world);
            poison.forEach((place, written) -> {
                DeadLetter letter = Objects.requireNonNull(letters.get(place), place);
                assertThat(letter.getCode()).as(place).isEqualTo(written.code());
                assertThat(letter.getReason()).as(place).isNotBlank();
                assertThat(vault.open(letter.getId(), bytes(letter.getSealedOriginal())))
                        .as(place)
                        .isEqualTo(written.value() == null ? new byte[0] : written.value());
            });
            assertThat(breaches(world))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).endsWith(" 0.0"));
        }
    }

    /** Writes to every topic; says where that lies which must become a letter. */
    private static Map<String, Written> poison(SandboxWorld world) throws Exception {
        Map<String, Written> poison = new HashMap<>();
        try (Producer<String, byte[]> producer = KafkaClients.producer(world.kafka(), "somebody")) {
            for (Written written : Written.values()) {
                for (Topic<?> topic : TAKEN) {
                    if (written != Written.NOTHING || !COMPACTED.contains(topic)) {
                        poison.put(topic.name() + "-" + send(producer, world, topic, written), written);
                    }
                }
                for (Topic<?> topic : FOLLOWED) {
                    assertThat(send(producer, world, topic, written)).isNotBlank();
                }
            }
        }
        return poison;
    }

    private static String send(Producer<String, byte[]> producer, SandboxWorld world, Topic<?> topic, Written written)
            throws Exception {
        RecordMetadata place = producer.send(
                        new ProducerRecord<>(world.kafka().topic(topic), "demo-shop~poison", written.value()))
                .get(30, TimeUnit.SECONDS);
        return place.partition() + "@" + place.offset();
    }

    /** By the place of the record that they hold. */
    private static Map<String, DeadLetter> letters(SandboxWorld world) {
        Map<String, DeadLetter> letters = new HashMap<>();
        Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
        new TopicScan(world.kafka(), Topics.DEAD_LETTERS).all(record -> {
            DeadLetter letter = codec.decode(record.value(), WriterSchemas.compiledIn());
            String topic = letter.getSourceTopic().replace(Topics.DEFAULT_PREFIX, "");
            letters.put(topic + "-" + letter.getSourcePartition() + "@" + letter.getSourceOffset(), letter);
        });
        return letters;
    }

    private static DemoReport demo(SandboxWorld world, LedgerFacts facts) throws InterruptedException {
        DemoSettings settings = new DemoSettings(
                world.returnAddress(), 5, PATIENCE, 50, PATIENCE, PATIENCE, Duration.ofSeconds(1), false);
        return new Demo(world.shop(), world.cashier(), facts, settings, InstantSource.system())
                .run(DemoPlan.of(1, PAYMENTS), (checkouts, arrived, settled, payments) -> {});
    }

    private static List<String> breaches(SandboxWorld world) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest metrics = HttpRequest.newBuilder(world.management().resolve("/metrics"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(metrics, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("intermezzo_auditor_breaches_total{"))
                    .toList();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
