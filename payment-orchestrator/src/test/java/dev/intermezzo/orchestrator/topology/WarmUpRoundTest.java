package dev.intermezzo.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.WarmUp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpRoundTest {
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final WarmUpRound round = new WarmUpRound(producer, "test.payment-events", () -> now);

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void it_passes_when_a_record_has_come_through_every_partition() {
        assertThat(round.look(Set.of(0, 2))).isFalse();
        round.seen(id(), 0);
        assertThat(round.look(Set.of(0, 2))).isFalse();
        assertThat(round.passed()).isFalse();

        round.seen(id(), 2);

        assertThat(round.look(Set.of(0, 2))).isTrue();
        assertThat(round.passed()).isTrue();
        assertThat(partitions()).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void what_it_sends_is_a_warm_up_and_nothing_else() {
        round.look(Set.of(1));

        PaymentEvent event = event(producer.history().getFirst());
        assertThat(event.getBody()).isInstanceOf(WarmUp.class);
        assertThat(producer.history().getFirst().topic()).isEqualTo("test.payment-events");
        assertThat(producer.history().getFirst().key()).isNotNull();
    }

    @Test
    void the_warm_up_of_another_instance_does_not_count() {
        round.look(Set.of(0));

        round.seen("warm-up-of-another", 0);

        assertThat(round.look(Set.of(0))).isFalse();
    }

    @Test
    void a_record_that_went_astray_is_sent_again_but_not_at_every_look() {
        round.look(Set.of(0));
        round.look(Set.of(0));
        assertThat(partitions()).containsExactly(0);

        now = now.plus(WarmUpRound.AGAIN);
        round.look(Set.of(0));

        assertThat(partitions()).containsExactly(0, 0);
    }

    @Test
    void a_record_that_could_not_be_sent_is_sent_again_at_the_next_look() {
        round.look(Set.of(0));
        producer.errorNext(new TimeoutException("no leader"));

        round.look(Set.of(0));

        assertThat(partitions()).containsExactly(0, 0);
    }

    @Test
    void an_instance_that_only_stands_by_is_ready_and_warms_what_it_takes_over() {
        assertThat(round.look(Set.of())).isFalse();
        assertThat(round.passed()).isTrue();

        round.look(Set.of(1));

        assertThat(partitions()).containsExactly(1);
        assertThat(round.passed()).isFalse();
    }

    private String id() {
        return event(producer.history().getFirst()).getId();
    }

    private List<Integer> partitions() {
        return producer.history().stream().map(ProducerRecord::partition).toList();
    }

    private static PaymentEvent event(ProducerRecord<String, byte[]> record) {
        return Codec.of(PaymentEvent.class).decode(record.value(), WriterSchemas.compiledIn());
    }
}
