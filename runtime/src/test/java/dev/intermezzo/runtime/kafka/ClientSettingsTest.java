package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** Pins every Kafka setting that is not the default, and the defaults we rely on, as the clients see them. */
class ClientSettingsTest {
    private static final KafkaSettings KAFKA = new KafkaSettings("broker.example:9092", "intermezzo.", "i1");

    @Test
    void kafka_settings_and_their_defaults() {
        SettingsReader reader = new SettingsReader(
                SettingsSource.of(Map.of("kafka.bootstrap-servers", "broker.example:9092", "kafka.instance-id", "i1")));

        assertThat(KafkaSettings.read(reader)).isEqualTo(KAFKA);
        assertThat(StreamsSettings.read(reader)).isEqualTo(new StreamsSettings(1, 1));
        assertThat(TopicSettings.read(reader)).isEqualTo(new TopicSettings(24, 3, 2));
        reader.throwIfAny();
    }

    @Test
    void groups_applications_and_transactions_carry_the_prefix_as_topics_do() {
        assertThat(KafkaClients.consumerConfig(KAFKA, "cashier", "c", KafkaClients.Start.OLDEST))
                .containsEntry("group.id", "intermezzo.cashier");
        assertThat(KafkaClients.transactionalConfig(KAFKA, "c", "claims"))
                .containsEntry("transactional.id", "intermezzo.claims-i1")
                .containsEntry("transaction.timeout.ms", 3_000);
    }

    @Test
    void the_producer_differs_from_the_default_only_here() {
        Map<String, Object> config = KafkaClients.producerConfig(KAFKA, "edge");

        assertThat(differences(
                        new ProducerConfig(config).values(),
                        ProducerConfig.configDef().defaultValues()))
                .containsOnly(
                        Map.entry("bootstrap.servers", List.of("broker.example:9092")),
                        Map.entry("client.id", "edge-i1"),
                        Map.entry("key.serializer", StringSerializer.class),
                        Map.entry("value.serializer", ByteArraySerializer.class),
                        Map.entry("acks", "-1"), // the default "all", as the client notes it
                        Map.entry("linger.ms", 0L),
                        Map.entry("max.block.ms", 1_000L),
                        Map.entry("delivery.timeout.ms", 8_000),
                        Map.entry("request.timeout.ms", 3_500),
                        Map.entry("enable.metrics.push", false));
        assertThat(differences(new ProducerConfig(config).values(), Map.of()))
                .containsEntry("enable.idempotence", true)
                .containsEntry("acks", "-1")
                .containsEntry("max.in.flight.requests.per.connection", 5);
    }

    @Test
    void the_consumer_differs_from_the_default_only_here() {
        Map<String, Object> config =
                KafkaClients.consumerConfig(KAFKA, "cashier", "cashier", KafkaClients.Start.OLDEST);

        assertThat(differences(
                        new ConsumerConfig(config).values(),
                        ConsumerConfig.configDef().defaultValues()))
                .containsOnly(
                        Map.entry("bootstrap.servers", List.of("broker.example:9092")),
                        Map.entry("client.id", "cashier-i1"),
                        Map.entry("group.id", "intermezzo.cashier"),
                        Map.entry("key.deserializer", StringDeserializer.class),
                        Map.entry("value.deserializer", ByteArrayDeserializer.class),
                        Map.entry("isolation.level", "read_committed"),
                        Map.entry("enable.auto.commit", false),
                        Map.entry("auto.offset.reset", "earliest"),
                        Map.entry("allow.auto.create.topics", false),
                        Map.entry("session.timeout.ms", 3_000),
                        Map.entry("heartbeat.interval.ms", 300),
                        Map.entry("max.poll.interval.ms", 30_000),
                        Map.entry("partition.assignment.strategy", List.of(CooperativeStickyAssignor.class.getName())),
                        Map.entry("enable.metrics.push", false));
    }

    @Test
    void money_commands_stop_when_their_offsets_are_lost() {
        assertThat(KafkaClients.consumerConfig(KAFKA, "once", "once", KafkaClients.Start.REFUSE))
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("max.poll.interval.ms", 120_000);
    }

    @Test
    void a_tail_has_no_group_and_reads_committed() {
        assertThat(KafkaClients.tailConfig(KAFKA, "views"))
                .doesNotContainKey("group.id")
                .containsEntry("fetch.max.wait.ms", 1_000)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "none");
    }

    @Test
    void streams_differs_from_the_default_only_here() {
        Map<String, Object> given = new LinkedHashMap<>();
        StreamsConfigs.exactlyOnce(KAFKA, "orchestrator", Path.of("/var/lib/intermezzo"))
                .forEach((key, value) -> given.put(key.toString(), value));

        assertThat(given)
                .containsOnly(
                        Map.entry("bootstrap.servers", "broker.example:9092"),
                        Map.entry("application.id", "intermezzo.orchestrator"),
                        Map.entry("client.id", "orchestrator-i1"),
                        Map.entry("state.dir", "/var/lib/intermezzo"),
                        Map.entry("num.stream.threads", 1),
                        Map.entry("processing.guarantee", "exactly_once_v2"),
                        Map.entry("max.task.idle.ms", -1L),
                        Map.entry("commit.interval.ms", 1_000L),
                        Map.entry("poll.ms", 10L),
                        Map.entry("producer.linger.ms", 1_000),
                        Map.entry("producer.transaction.timeout.ms", 3_000),
                        Map.entry("consumer.session.timeout.ms", 3_000),
                        Map.entry("consumer.heartbeat.interval.ms", 300),
                        Map.entry("main.consumer.max.poll.interval.ms", 30_000),
                        Map.entry("consumer.group.instance.id", "i1"),
                        Map.entry("num.standby.replicas", 1),
                        Map.entry("probing.rebalance.interval.ms", 60_000L),
                        Map.entry("ensure.explicit.internal.resource.naming", true),
                        Map.entry("rocksdb.config.setter", SharedRocksMemory.class),
                        Map.entry("enable.metrics.push", false));
    }

    @Test
    void streams_hands_these_values_to_its_clients() {
        StreamsConfig config = new StreamsConfig(
                StreamsConfigs.exactlyOnce(KAFKA, StreamsSettings.sandbox(), "orchestrator", Path.of("/tmp/state")));

        assertThat(config.getProducerConfigs("p"))
                .containsEntry("enable.idempotence", true)
                .containsEntry("transaction.timeout.ms", 3_000);
        assertThat(config.getMainConsumerConfigs("intermezzo.orchestrator", "c", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("session.timeout.ms", 3_000)
                .containsEntry("heartbeat.interval.ms", 300)
                .containsEntry("max.poll.interval.ms", 30_000)
                .containsEntry("group.instance.id", "i1-0")
                .containsEntry("auto.offset.reset", "earliest");
        assertThat(config.getInt("num.standby.replicas")).isZero();
    }

    private static Map<String, Object> differences(Map<String, ?> values, Map<String, Object> defaults) {
        Map<String, Object> differing = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value != null && !value.equals(defaults.get(key))) {
                differing.put(key, value);
            }
        });
        return differing;
    }
}
