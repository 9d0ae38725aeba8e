package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Why a record, such as a change of a merchant, is with whoever follows its topic within a second: no interval of that length
 * stands between them. How long a machine takes for the rest is no matter of a test.
 */
@ExtendWith(Broker.class)
class PromptTailTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HELD = Duration.ofSeconds(60);

    @Test
    void no_setting_lets_a_record_wait_for_company_or_for_the_next_question(KafkaSettings kafka) {
        ConsumerConfig reading = new ConsumerConfig(KafkaClients.tailConfig(kafka, "test"));
        ProducerConfig writing = new ProducerConfig(KafkaClients.producerConfig(kafka, "test"));

        assertThat(reading.getInt(ConsumerConfig.FETCH_MIN_BYTES_CONFIG)).isEqualTo(1);
        assertThat(writing.getLong(ProducerConfig.LINGER_MS_CONFIG)).isZero();
        assertThat(TopicTail.POLL).isLessThan(SECOND);
    }

    @Test
    void a_record_ends_the_question_that_waits_for_one(KafkaSettings kafka) throws Exception {
        String topic = kafka.named("prompt");
        Broker.createTopics(kafka, topic);
        Map<String, Object> patient = KafkaClients.tailConfig(kafka, "test");
        patient.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) HELD.toMillis());
        patient.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                HELD.multipliedBy(2).toMillis());
        List<String> received = new CopyOnWriteArrayList<>();
        try (Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
                TopicTail tail = new TopicTail(
                        () -> KafkaClients.withoutGroup(patient),
                        topic,
                        TopicTail.From.BEGINNING,
                        record -> received.add(record.key()))) {
            tail.start();
            await().until(tail::caughtUp);

            for (String key : List.of("first", "second")) {
                producer.send(new ProducerRecord<>(topic, key, new byte[] {1})).get();
                // Half of what the broker would hold a question for that nothing ends.
                await().atMost(HELD.dividedBy(2)).until(() -> received.contains(key));
            }
        }
    }
}
