package dev.intermezzo.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.orchestrator.ledger.AuditReport;
import dev.intermezzo.orchestrator.ledger.LedgerAudit;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RawTopic;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** An orchestrator on a real broker that can be stopped, robbed of its stores and started again. */
final class OrchestratorOnBroker implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PARTITIONS = 3;

    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "test.", "one");
    private final SchemaTopic schemas;
    private final Vault vault = new Vault(SealingKeys.generate());
    private final Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
    private final Path data;
    private @Nullable OrchestratorService running;

    OrchestratorOnBroker(Path data) {
        this.data = data;
        try (TopicAdmin admin = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            admin.apply(Topics.ALL);
        }
        schemas = new SchemaTopic(kafka);
        schemas.start();
    }

    KafkaSettings kafka() {
        return kafka;
    }

    SchemaTopic schemas() {
        return schemas;
    }

    OrchestratorService service(String stateDir) {
        return new OrchestratorService(
                OrchestratorSettings.sandbox(data.resolve(stateDir)), kafka, schemas, vault, InstantSource.system());
    }

    void start(String stateDir) {
        OrchestratorService service = service(stateDir);
        running = service;
        service.start();
        await().atMost(LIMIT).until(service::ready);
    }

    void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** As after the loss of a cluster's internal topics. */
    void deleteChangelogs() {
        try (Admin admin = KafkaClients.admin(kafka, "test-admin")) {
            List<String> changelogs = admin.listTopics().names().get().stream()
                    .filter(name -> name.endsWith("-changelog"))
                    .toList();
            assertThat(changelogs).isNotEmpty();
            admin.deleteTopics(changelogs).all().get();
            await().atMost(LIMIT)
                    .until(() ->
                            admin.listTopics().names().get().stream().noneMatch(name -> name.endsWith("-changelog")));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    <T extends SpecificRecordBase> void send(Topic<T> topic, String key, T value) {
        new TypedProducer<T>(producer, kafka).send(topic, key, value).join();
    }

    /** Everything committed to a topic so far. */
    <T extends SpecificRecordBase> List<T> read(Topic<T> topic) {
        Codec<T> codec = Codec.of(topic.value());
        return records(kafka.topic(topic)).stream()
                .map(record -> codec.decode(record.value(), WriterSchemas.compiledIn()))
                .toList();
    }

    <T extends SpecificRecordBase> List<T> awaitCount(Topic<T> topic, int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(read(topic)).hasSize(count));
        return read(topic);
    }

    /** What a store's changelog holds, key and value in hexadecimal. */
    SortedMap<String, String> store(String name) {
        SortedMap<String, String> content = new TreeMap<>();
        records(kafka.named(OrchestratorService.APPLICATION) + "-" + name + "-changelog")
                .forEach(record -> {
                    String key = HexFormat.of().formatHex(record.key());
                    if (record.value() == null) {
                        content.remove(key);
                    } else {
                        content.put(key, HexFormat.of().formatHex(record.value()));
                    }
                });
        return content;
    }

    AuditReport audit() {
        LedgerAudit audit = new LedgerAudit(WriterSchemas.compiledIn());
        records(kafka.topic(Topics.PAYMENT_LEDGER))
                .forEach(record -> audit.accept(
                        new LedgerPosition(
                                new String(record.key(), StandardCharsets.UTF_8), record.partition(), record.offset()),
                        Arrays.copyOf(record.value(), record.value().length)));
        return audit.finish();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (RawTopic raw = new RawTopic(kafka, "test-reader")) {
            IntStream.range(0, PARTITIONS).forEach(n -> raw.read(new TopicPartition(topic, n), all::add));
        }
        return all;
    }

    @Override
    public void close() {
        stop();
        schemas.close();
        producer.close();
        broker.close();
    }
}
