package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.Broker;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import dev.intermezzo.runtime.kafka.StreamsSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Broker.class)
class StreamsStageTest {

    @Test
    void a_stage_is_ready_once_it_runs_and_names_the_partitions_it_works_on(KafkaSettings kafka, @TempDir Path state) {
        Broker.createTopics(kafka, kafka.named("in"));
        try (StreamsStage stage = stage(kafka, state)) {
            assertThat(stage.ready()).isFalse();
            assertThat(stage.notReadyBecause()).isNotEmpty();
            assertThat(stage.partitions(kafka.named("in"))).isEmpty();

            stage.start();

            await().until(stage::ready);
            assertThat(stage.notReadyBecause()).isEmpty();
            assertThat(stage.partitions(kafka.named("in"))).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(stage.partitions(kafka.named("other"))).isEmpty();
        }
    }

    @Test
    void a_closed_stage_is_not_ready_and_may_be_closed_again(KafkaSettings kafka, @TempDir Path state) {
        Broker.createTopics(kafka, kafka.named("in"));
        StreamsStage stage = stage(kafka, state);
        stage.start();
        await().until(stage::ready);

        stage.close();
        stage.close();

        assertThat(stage.ready()).isFalse();
        assertThat(stage.alive()).as("it did not fail").isTrue();
    }

    @Test
    void an_error_that_is_no_exception_ends_the_stage_visibly(KafkaSettings kafka, @TempDir Path state)
            throws Exception {
        Broker.createTopics(kafka, kafka.named("in"));
        try (StreamsStage stage = stage(kafka, state);
                Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            stage.start();

            producer.send(new ProducerRecord<>(kafka.named("in"), "key", new byte[] {1}))
                    .get();

            await().until(() -> !stage.alive());
            assertThat(stage.ready()).isFalse();
            assertThat(stage.notReadyBecause()).contains("broken for good");
        }
    }

    @Test
    void a_second_process_with_the_same_instance_id_ends_the_first_which_says_why(
            KafkaSettings kafka, @TempDir Path state, @TempDir Path otherState) {
        Broker.createTopics(kafka, kafka.named("in"));
        try (StreamsStage first = stage(kafka, state);
                StreamsStage second = stage(kafka, otherState)) {
            first.start();
            await().until(first::ready);

            second.start();

            await().until(() -> !first.alive());
            assertThat(first.notReadyBecause()).contains("kafka.instance-id");
            await().until(second::ready);
        }
    }

    /** Any record is its end. */
    private static StreamsStage stage(KafkaSettings kafka, Path state) {
        Topology topology = new Topology();
        topology.addSource(
                "in", Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), kafka.named("in"));
        topology.addProcessor("broken", Broken::new, "in");
        return new StreamsStage(
                "test",
                topology,
                StreamsConfigs.exactlyOnce(kafka, StreamsSettings.sandbox(), "test", state),
                InstantSource.system());
    }

    private static final class Broken implements Processor<String, byte[], Void, Void> {
        @Override
        public void process(Record<String, byte[]> record) {
            throw new AssertionError("broken for good");
        }
    }
}
