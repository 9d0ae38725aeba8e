package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Broker.class)
class StreamsOnBrokerTest {

    @Test
    void a_topology_with_a_store_runs_with_these_settings(KafkaSettings kafka, @TempDir Path state) throws Exception {
        Broker.createTopics(kafka, kafka.named("in"), kafka.named("out"));
        Properties config = StreamsConfigs.exactlyOnce(kafka, StreamsSettings.sandbox(), "counter", state);
        Map<String, String> counts = new ConcurrentHashMap<>();
        KafkaStreams streams = new KafkaStreams(counting(kafka, config), config);
        try (TopicTail out = new TopicTail(
                        () -> KafkaClients.tail(kafka, "test"),
                        kafka.named("out"),
                        TopicTail.From.BEGINNING,
                        record -> counts.put(record.key(), new String(record.value(), StandardCharsets.UTF_8)));
                Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            streams.start();
            out.start();
            for (int i = 0; i < 30; i++) {
                producer.send(new ProducerRecord<>(kafka.named("in"), "p" + i % 3, new byte[] {1}))
                        .get();
            }

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(counts)
                            .containsOnly(Map.entry("p0", "10"), Map.entry("p1", "10"), Map.entry("p2", "10")));
        } finally {
            streams.close(CloseOptions.timeout(Duration.ofSeconds(10))
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
        assertThat(streams.state()).isEqualTo(KafkaStreams.State.NOT_RUNNING);
    }

    private static Topology counting(KafkaSettings kafka, Properties config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(config)));
        builder.stream(
                        kafka.named("in"),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("in"))
                .groupByKey(Grouped.<String, byte[]>as("by-key")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.ByteArray()))
                .count(Named.as("count"), Materialized.as("counts"))
                .toStream(Named.as("changes"))
                .mapValues(count -> Long.toString(count), Named.as("printed"))
                .to(
                        kafka.named("out"),
                        Produced.with(Serdes.String(), Serdes.String()).withName("out"));
        return builder.build();
    }
}
