package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class ReaderWithoutGroupTest {
    private static final Duration HELD = Duration.ofSeconds(20);

    @Test
    void closing_does_not_wait_for_the_answer_to_the_last_question(KafkaSettings kafka) {
        TopicPartition silent = new TopicPartition(kafka.named("silent"), 0);
        Broker.createTopics(kafka, silent.topic());
        Map<String, Object> config = KafkaClients.tailConfig(kafka, "test");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) HELD.toMillis());
        Consumer<String, byte[]> reader = KafkaClients.withoutGroup(config);
        reader.assign(List.of(silent));
        reader.seekToBeginning(List.of(silent));
        reader.position(silent);
        assertThat(reader.poll(Duration.ofMillis(500))).isEmpty();

        long before = System.nanoTime();
        reader.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(HELD.dividedBy(2));
    }
}
