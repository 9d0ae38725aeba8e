package dev.intermezzo.orchestrator.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.orchestrator.correlator.CorrelatorService;
import dev.intermezzo.orchestrator.correlator.CorrelatorSettings;
import dev.intermezzo.orchestrator.ledger.AuditReport;
import dev.intermezzo.orchestrator.ledger.LedgerAudit;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.WarmUp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orchestrator and correlator against a real broker, exactly once. */
class OrchestratorServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PAYMENTS = 12;

    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "test.", "one");
    private final SchemaTopic schemas = new SchemaTopic(kafka);
    private final Vault vault = new Vault(SealingKeys.generate());
    private final Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
    private final List<Stage> running = new ArrayList<>();

    @TempDir
    private Path data;

    @BeforeEach
    void topics() {
        try (TopicAdmin admin = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            admin.apply(Topics.ALL);
        }
        schemas.start();
    }

    @AfterEach
    void close() {
        running.forEach(Stage::close);
        schemas.close();
        producer.close();
        broker.close();
    }

    @Test
    void payments_are_carried_to_their_messages_across_a_restart_and_every_event_counts_once() {
        List<Facts> payments = IntStream.rangeClosed(1, PAYMENTS)
                .mapToObj(n -> Facts.ofOrder(n, Instant.now().truncatedTo(ChronoUnit.MICROS)))
                .toList();
        start();
        payments.forEach(facts -> {
            send(Topics.BUYER_KEYS, facts.payment(), facts.key(Facts.KEY_ID));
            send(Topics.PAYMENT_EVENTS, facts.payment(), facts.checkout());
            send(Topics.PAYMENT_EVENTS, facts.payment(), facts.checkout());
        });
        Map<String, CashierCommand> commands =
                awaitOnePerPayment(Topics.CASHIER_COMMANDS, CashierCommand::getPaymentId);
        assertThat(commands.values())
                .allSatisfy(command -> assertThat(command.getBuyerKeys()).hasSize(1));

        stop();
        payments.forEach(facts -> send(
                Topics.CASHIER_RESULTS,
                facts.payment(),
                facts.after(1)
                        .pageOpened(
                                requireNonNull(commands.get(facts.payment())).getId())));
        start();
        awaitIndexed();
        payments.forEach(facts -> sendWebhook(facts.after(60)));
        Map<String, NotificationRequest> messages =
                awaitOnePerPayment(Topics.NOTIFICATION_REQUESTS, NotificationRequest::getPaymentId);

        assertThat(messages.values()).extracting(NotificationRequest::getStatus).containsOnly(NotifyStatus.APPROVED);
        AuditReport report = audit();
        assertThat(report.verified()).isTrue();
        assertThat(report.fullyReproduced()).isTrue();
        assertThat(report.payments()).isEqualTo(PAYMENTS);
        assertThat(report.entries()).isEqualTo(3 * PAYMENTS);
        assertThat(read(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void a_webhook_that_overtakes_the_answer_finds_its_payment_through_the_correlator() {
        Facts facts = Facts.ofOrder(1, Instant.now().truncatedTo(ChronoUnit.MICROS));
        start();
        send(Topics.BUYER_KEYS, facts.payment(), facts.key(Facts.KEY_ID));
        send(Topics.PAYMENT_EVENTS, facts.payment(), facts.checkout());
        String command =
                awaitCount(Topics.CASHIER_COMMANDS, 1).getFirst().value().getId();
        sendWebhook(facts.after(2));

        send(Topics.CASHIER_RESULTS, facts.payment(), facts.after(3).pageOpened(command));

        NotificationRequest message =
                awaitCount(Topics.NOTIFICATION_REQUESTS, 1).getFirst().value();
        assertThat(message.getPaymentId()).isEqualTo(facts.payment());
        assertThat(message.getStatus()).isEqualTo(NotifyStatus.APPROVED);
        assertThat(audit().verified()).isTrue();
    }

    @Test
    void it_is_ready_once_a_warm_up_went_through_every_partition_and_left_no_trace() {
        start();

        List<Read<PaymentEvent>> events = read(Topics.PAYMENT_EVENTS);
        assertThat(events).extracting(read -> read.record().partition()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(events).allSatisfy(read -> assertThat(read.value().getBody()).isInstanceOf(WarmUp.class));
        assertThat(read(Topics.PAYMENT_LEDGER)).isEmpty();
        assertThat(read(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void the_changelog_of_the_buyers_keys_forgets_as_fast_as_their_topic() throws Exception {
        start();
        ConfigResource changelog =
                new ConfigResource(ConfigResource.Type.TOPIC, "test.orchestrator-buyer-keys-changelog");

        try (Admin admin = KafkaClients.admin(kafka, "test-admin")) {
            Config config = requireNonNull(
                    admin.describeConfigs(List.of(changelog)).all().get().get(changelog));
            assertThat(config.get(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG).value())
                    .isEqualTo(Long.toString(Topics.MAX_COMPACTION_LAG.toMillis()));
        }
    }

    private void start() {
        InstantSource clock = InstantSource.system();
        running.add(new OrchestratorService(
                OrchestratorSettings.sandbox(data.resolve("orchestrator")), kafka, schemas, vault, clock));
        running.add(new CorrelatorService(
                CorrelatorSettings.sandbox(data.resolve("correlator")), kafka, schemas, vault, clock));
        running.forEach(Stage::start);
        await().atMost(LIMIT).until(() -> running.stream().allMatch(Stage::ready));
    }

    private void stop() {
        running.forEach(Stage::close);
        running.clear();
    }

    private void awaitIndexed() {
        await().atMost(LIMIT).until(() -> read(Topics.PAYMENT_LEDGER).size() == 2 * PAYMENTS);
    }

    private <T extends SpecificRecordBase> Map<String, T> awaitOnePerPayment(
            Topic<T> topic, Function<T, String> payment) {
        return awaitCount(topic, PAYMENTS).stream()
                .collect(Collectors.toMap(read -> payment.apply(read.value()), Read::value));
    }

    private <T extends SpecificRecordBase> List<Read<T>> awaitCount(Topic<T> topic, int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(read(topic)).hasSize(count));
        return read(topic);
    }

    private record Read<T>(ConsumerRecord<String, byte[]> record, T value) {}

    /** Everything committed to the topic so far. */
    private <T extends SpecificRecordBase> List<Read<T>> read(Topic<T> topic) {
        Codec<T> codec = Codec.of(topic.value());
        List<Read<T>> all = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = KafkaClients.tail(kafka, "test-reader")) {
            Set<TopicPartition> partitions = consumer.partitionsFor(kafka.topic(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50))
                        .forEach(record ->
                                all.add(new Read<>(record, codec.decode(record.value(), WriterSchemas.compiledIn()))));
            }
        }
        return all;
    }

    private AuditReport audit() {
        LedgerAudit audit = new LedgerAudit(WriterSchemas.compiledIn());
        read(Topics.PAYMENT_LEDGER)
                .forEach(read -> audit.accept(
                        new LedgerPosition(
                                read.record().key(),
                                read.record().partition(),
                                read.record().offset()),
                        read.value()));
        return audit.finish();
    }

    private void sendWebhook(Facts facts) {
        send(Topics.WEBHOOK_INBOX, Ids.transactionKey(Facts.ACCOUNT, facts.transaction()), facts.inboxWebhook());
    }

    private <T extends SpecificRecordBase> void send(Topic<T> topic, String key, T value) {
        new TypedProducer<T>(producer, kafka).send(topic, key, value).join();
    }
}
