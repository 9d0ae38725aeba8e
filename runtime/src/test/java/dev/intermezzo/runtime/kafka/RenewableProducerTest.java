package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenewableProducerTest {

    private final List<MockProducer<String, byte[]>> made = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RenewableProducer producer = new RenewableProducer(this::make, now::get);

    private Producer<String, byte[]> make() {
        MockProducer<String, byte[]> one =
                new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        made.add(one);
        return one;
    }

    private CompletableFuture<RecordMetadata> send() {
        return producer.send(new ProducerRecord<>("topic", "key", new byte[] {1}));
    }

    private void minuteLater() {
        now.updateAndGet(before -> before.plusSeconds(60));
    }

    @Test
    void a_producer_that_was_closed_is_replaced_and_the_next_record_goes_through() {
        minuteLater();
        made.getFirst().close();

        assertThat(send()).isCompletedExceptionally();
        await().until(() -> made.size() == 2);
        CompletableFuture<RecordMetadata> second = send();
        made.getLast().completeNext();

        assertThat(second).isCompleted();
    }

    @Test
    void a_producer_in_its_fatal_state_is_closed_and_replaced() {
        minuteLater();
        made.getFirst().sendException = new KafkaException("failed for good");

        assertThat(send()).isCompletedExceptionally();

        await().until(() -> made.size() == 2);
        assertThat(made.getFirst().closed()).isTrue();
    }

    static List<RuntimeException> passing() {
        return List.of(new TimeoutException("not in time"), new RecordTooLargeException("this one"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_passes_or_concerns_one_record_replaces_nothing(RuntimeException failure) {
        minuteLater();
        CompletableFuture<RecordMetadata> sent = send();
        made.getFirst().errorNext(failure);

        assertThat(sent).isCompletedExceptionally();
        assertThat(send()).isNotDone();
        assertThat(made).hasSize(1);
        assertThat(made.getFirst().history()).hasSize(2);
    }

    @Test
    void a_producer_is_not_replaced_with_each_record_of_a_second() {
        minuteLater();
        made.getFirst().close();
        assertThat(send()).isCompletedExceptionally();
        await().until(() -> made.size() == 2);
        made.getLast().close();

        List<CompletableFuture<RecordMetadata>> failed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            failed.add(send());
        }
        assertThat(failed).allMatch(CompletableFuture::isCompletedExceptionally);
        minuteLater();
        var unused = send();

        await().until(() -> made.size() == 3);
    }

    @Test
    void after_a_renewal_the_former_producer_sends_nothing_more() {
        CompletableFuture<RecordMetadata> waiting = send();

        producer.renew();

        assertThat(made.getFirst().closed()).isTrue();
        assertThat(made).hasSize(2);
        assertThat(waiting).isNotCompletedExceptionally();
        var unused = send();
        assertThat(made.getLast().history()).hasSize(1);
    }

    @Test
    void a_closed_one_stays_closed() {
        minuteLater();
        producer.close();

        assertThat(send()).isCompletedExceptionally();

        producer.renew();
        assertThat(made).hasSize(1);
    }
}
