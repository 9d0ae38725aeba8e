package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.Broker;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import dev.intermezzo.runtime.kafka.StreamsSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Broker.class)
class StreamsStageTest {
    private static final Topic<?> IN = Topics.PAYMENT_EVENTS;
    private static final Topic<?> OUT = Topics.PAYMENT_VIEWS;
    private static final int TEN_MINUTES = 600_000;

    @Test
    void a_stage_is_ready_once_it_runs_and_names_the_partitions_it_works_on(KafkaSettings kafka, @TempDir Path state) {
        Broker.createTopics(kafka, kafka.topic(IN));
        try (StreamsStage stage = stage(kafka, state)) {
            assertThat(stage.ready()).isFalse();
            assertThat(stage.notReadyBecause()).isNotEmpty();
            assertThat(stage.partitions(kafka.topic(IN))).isEmpty();

            stage.start();

            await().until(stage::ready);
            assertThat(stage.notReadyBecause()).isEmpty();
            assertThat(stage.partitions(kafka.topic(IN))).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(stage.partitions(kafka.named("other"))).isEmpty();
        }
    }

    @Test
    void a_closed_stage_is_not_ready_and_may_be_closed_again(KafkaSettings kafka, @TempDir Path state) {
        Broker.createTopics(kafka, kafka.topic(IN));
        StreamsStage stage = stage(kafka, state);
        stage.start();
        await().until(stage::ready);

        stage.close();
        stage.close();

        assertThat(stage.ready()).isFalse();
        assertThat(stage.alive()).as("it did not fail").isTrue();
    }

    /** The instance is a static member of its group: without leaving, its partitions would be silent for a session. */
    @Test
    void a_closed_stage_has_left_its_group_long_before_its_session_ends(KafkaSettings kafka, @TempDir Path state)
            throws Exception {
        Properties config = config(kafka, state);
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), TEN_MINUTES);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), TEN_MINUTES);
        Broker.createTopics(kafka, kafka.topic(IN));
        StreamsStage stage = new StreamsStage("test", steps(kafka, Broken::new), config, InstantSource.system());
        try (Admin admin = KafkaClients.admin(kafka, "test")) {
            stage.start();
            await().until(() -> stage.ready() && members(admin, config) == 1);

            stage.close();

            await().until(() -> members(admin, config) == 0);
        } finally {
            stage.close();
        }
    }

    private static int members(Admin admin, Properties config) throws Exception {
        String group = config.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                .mapToInt(found -> found.members().size())
                .sum();
    }

    @Test
    void an_error_that_is_no_exception_ends_the_stage_visibly(KafkaSettings kafka, @TempDir Path state)
            throws Exception {
        Broker.createTopics(kafka, kafka.topic(IN));
        try (StreamsStage stage = stage(kafka, state);
                Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            stage.start();

            producer.send(new ProducerRecord<>(kafka.topic(IN), "key", new byte[] {1}))
                    .get();

            await().until(() -> !stage.alive());
            assertThat(stage.ready()).isFalse();
            assertThat(stage.notReadyBecause()).contains("broken for good");
        }
    }

    @Test
    void a_second_process_with_the_same_instance_id_ends_the_first_which_says_why(
            KafkaSettings kafka, @TempDir Path state, @TempDir Path otherState) {
        Broker.createTopics(kafka, kafka.topic(IN));
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

    @Test
    void records_are_committed_long_before_streams_would(KafkaSettings kafka, @TempDir Path state) throws Exception {
        Properties config = config(kafka, state);
        // Whatever is committed in this test was asked for by the pace.
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, TEN_MINUTES);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TEN_MINUTES);
        Broker.createTopics(kafka, kafka.topic(IN), kafka.topic(OUT));
        try (StreamsStage stage = new StreamsStage("test", steps(kafka, Copy::new), config, InstantSource.system());
                Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            stage.start();
            await().until(stage::ready);
            List<String> committed = new CopyOnWriteArrayList<>();
            try (TopicTail tail = new TopicTail(
                    () -> KafkaClients.tail(kafka, "test"),
                    kafka.topic(OUT),
                    TopicTail.From.BEGINNING,
                    each -> committed.add(each.key()))) {
                tail.start();

                for (String key : List.of("first", "second", "third")) {
                    producer.send(new ProducerRecord<>(kafka.topic(IN), key, new byte[] {1}))
                            .get();
                }

                await().untilAsserted(
                                () -> assertThat(committed).containsExactlyInAnyOrder("first", "second", "third"));
            }
        }
    }

    /** Any record is its end. */
    private static StreamsStage stage(KafkaSettings kafka, Path state) {
        return new StreamsStage("test", steps(kafka, Broken::new), config(kafka, state), InstantSource.system());
    }

    private static Properties config(KafkaSettings kafka, Path state) {
        return StreamsConfigs.exactlyOnce(kafka, StreamsSettings.sandbox(), "test", state);
    }

    private static StepTopology steps(
            KafkaSettings kafka, Supplier<Processor<String, byte[], String, byte[]>> processor) {
        return new StepTopology("step", kafka.topicPrefix(), List.of(IN), List.of(OUT), List.of(), processor);
    }

    private static final class Broken implements Processor<String, byte[], String, byte[]> {
        @Override
        public void process(Record<String, byte[]> record) {
            throw new AssertionError("broken for good");
        }
    }

    private static final class Copy extends ContextualProcessor<String, byte[], String, byte[]> {
        @Override
        public void process(Record<String, byte[]> record) {
            context().forward(record);
        }
    }
}
