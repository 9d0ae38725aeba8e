package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.Broker;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a copy's reader gets of a changelog when; the steps' clock stands unless a test moves it. */
@ExtendWith(Broker.class)
class PacedClientsTest {
    private static final Duration ASKED = Duration.ofMillis(100);

    /** A reader that goes in no steps would have had the record after the first of them. */
    private static final int MANY = 10;

    private final AtomicLong nanoTime = new AtomicLong();
    private final KafkaSettings kafka;
    private final TopicPartition changelog;

    PacedClientsTest(KafkaSettings kafka) {
        this.kafka = kafka;
        this.changelog = new TopicPartition(kafka.named("changelog"), 0);
    }

    @BeforeEach
    void there_is_a_changelog() {
        Broker.createTopics(kafka, changelog.topic());
    }

    @Test
    void a_copy_is_not_asked_for_between_two_steps() throws Exception {
        try (Consumer<byte[], byte[]> copy = reader()) {
            passed(CopySteps.HURRY);
            assertThat(count(copy)).isZero();

            write();
            int between = 0;
            for (int i = 0; i < MANY; i++) {
                between += count(copy);
            }

            assertThat(between).isZero();
            passed(CopySteps.PAUSE);
            awaitRecord(copy);
        }
    }

    @Test
    void a_reader_that_is_given_other_state_asks_at_once() throws Exception {
        try (Consumer<byte[], byte[]> copy = reader()) {
            passed(CopySteps.HURRY);
            assertThat(count(copy)).isZero();
            write();

            follow(copy);

            awaitRecord(copy);
        }
    }

    private Consumer<byte[], byte[]> reader() {
        StreamsConfig config = new StreamsConfig(StreamsConfigs.exactlyOnce(kafka, "copies", Path.of("unused")));
        Consumer<byte[], byte[]> reader = new PacedClients(new CommitPace(), nanoTime::get)
                .getRestoreConsumer(config.getRestoreConsumerConfigs("copies"));
        follow(reader);
        return reader;
    }

    private void follow(Consumer<byte[], byte[]> reader) {
        reader.assign(List.of(changelog));
        reader.seek(changelog, 0);
    }

    private void write() throws Exception {
        try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test")) {
            producer.send(new ProducerRecord<>(changelog.topic(), changelog.partition(), "key", new byte[] {1}))
                    .get();
        }
    }

    private void passed(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static void awaitRecord(Consumer<byte[], byte[]> reader) {
        await().until(() -> count(reader), count -> count == 1);
    }

    private static int count(Consumer<byte[], byte[]> reader) {
        return reader.poll(ASKED).count();
    }
}
