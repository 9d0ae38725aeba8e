package dev.intermezzo.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.notifier.SenderService;
import dev.intermezzo.notifier.SenderSettings;
import dev.intermezzo.orchestrator.cashier.CashierExecutorService;
import dev.intermezzo.orchestrator.cashier.CashierSettings;
import dev.intermezzo.orchestrator.cashier.OnceExecutorService;
import dev.intermezzo.orchestrator.shop.ShopExecutorService;
import dev.intermezzo.orchestrator.shop.ShopSettings;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.DeadLetter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each executor, given records that are no commands: it puts each aside and is done with it. */
@ExtendWith(TestKafka.Shared.class)
class PoisonedCommandsTest {
    private static final SealingKeys KEYS = SealingKeys.generate();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String KEY = "demo-shop~poison";
    private static final byte[] GARBAGE = {1, 2, 3};
    private static final byte[] STRANGER =
            Codec.of(ChainHead.class).encode(new ChainHead(KEY, 1L, ByteBuffer.wrap(new byte[32])));

    /**
     * Who executes commands.
     *
     * @param topics that it needs
     */
    record Executor(
            Topic<?> commands,
            String group,
            List<Topic<?>> topics,
            BiFunction<KafkaSettings, InstantSource, Stage> maker) {
        @Override
        public String toString() {
            return group;
        }
    }

    static Stream<Executor> executors() {
        return Stream.of(
                new Executor(
                        Topics.CASHIER_COMMANDS,
                        "cashier",
                        CashierExecutorService.TOPICS,
                        PoisonedCommandsTest::cashier),
                new Executor(
                        Topics.ONCE_COMMANDS,
                        Topics.ONCE_GROUP,
                        OnceExecutorService.TOPICS,
                        PoisonedCommandsTest::once),
                new Executor(Topics.SHOP_COMMANDS, "shop", ShopExecutorService.TOPICS, PoisonedCommandsTest::shop),
                new Executor(
                        Topics.NOTIFICATION_DUE, "notifier-send", SenderService.TOPICS, PoisonedCommandsTest::sender));
    }

    private final TestKafka broker;

    PoisonedCommandsTest(TestKafka broker) {
        this.broker = broker;
    }

    @ParameterizedTest
    @MethodSource("executors")
    void what_is_no_command_becomes_a_letter_and_is_done_with(Executor executor) throws Exception {
        KafkaSettings kafka = broker.installation(executor.topics().toArray(new Topic<?>[0]));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Stage stage = executor.maker().apply(kafka, InstantSource.system());
                Admin admin = KafkaClients.admin(kafka, "test")) {
            stage.measure(meters);
            stage.start();
            await().atMost(LIMIT).until(stage::ready);

            RecordMetadata last = poison(kafka, executor.commands());

            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(committed(admin, kafka, executor, last)).isEqualTo(last.offset() + 1));
            List<DeadLetter> letters = letters(kafka);
            assertThat(letters)
                    .extracting(DeadLetter::getSourceOffset, DeadLetter::getCode)
                    .containsExactlyInAnyOrder(
                            tuple(last.offset() - 2, "undecodable"),
                            tuple(last.offset() - 1, "wrong-origin"),
                            tuple(last.offset(), "tombstone"));
            Vault vault = new Vault(KEYS);
            assertThat(letters)
                    .extracting(letter -> vault.open(letter.getId(), bytes(letter.getSealedOriginal())))
                    .containsExactlyInAnyOrder(GARBAGE, STRANGER, new byte[0]);
            assertThat(letters)
                    .allSatisfy(letter -> assertThat(letter.getReason()).isNotBlank());
            assertThat(meters.get("intermezzo.dead.letters").functionCounter().count())
                    .isGreaterThanOrEqualTo(3);
            assertThat(stage.alive()).isTrue();
            assertThat(stage.ready()).isTrue();
        }
    }

    /** One after the other in one partition. */
    private static RecordMetadata poison(KafkaSettings kafka, Topic<?> topic) throws Exception {
        try (Producer<String, byte[]> somebody = KafkaClients.producer(kafka, "somebody")) {
            somebody.send(new ProducerRecord<>(kafka.topic(topic), KEY, GARBAGE))
                    .get(30, TimeUnit.SECONDS);
            somebody.send(new ProducerRecord<>(kafka.topic(topic), KEY, STRANGER))
                    .get(30, TimeUnit.SECONDS);
            return somebody.send(new ProducerRecord<String, byte[]>(kafka.topic(topic), KEY, null))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static long committed(Admin admin, KafkaSettings kafka, Executor executor, RecordMetadata last)
            throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(kafka.named(executor.group()))
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
        OffsetAndMetadata next = offsets.get(new TopicPartition(last.topic(), last.partition()));
        return next == null ? 0 : next.offset();
    }

    private static List<DeadLetter> letters(KafkaSettings kafka) {
        List<DeadLetter> letters = new ArrayList<>();
        Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
        new TopicScan(kafka, Topics.DEAD_LETTERS)
                .all(record -> letters.add(codec.decode(record.value(), WriterSchemas.compiledIn())));
        return letters;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Stage cashier(KafkaSettings kafka, InstantSource clock) {
        return new CashierExecutorService(CashierSettings.sandbox(), kafka, KEYS, AddressPolicy.publicOnly(), clock);
    }

    private static Stage once(KafkaSettings kafka, InstantSource clock) {
        return new OnceExecutorService(CashierSettings.sandbox(), kafka, KEYS, AddressPolicy.publicOnly(), clock);
    }

    private static Stage shop(KafkaSettings kafka, InstantSource clock) {
        return new ShopExecutorService(ShopSettings.defaults(), kafka, KEYS, AddressPolicy.publicOnly(), clock);
    }

    private static Stage sender(KafkaSettings kafka, InstantSource clock) {
        return new SenderService(SenderSettings.defaults(), kafka, KEYS, AddressPolicy.publicOnly(), clock);
    }
}
