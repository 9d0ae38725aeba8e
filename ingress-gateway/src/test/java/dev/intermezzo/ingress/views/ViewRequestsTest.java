package dev.intermezzo.ingress.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RecordSender;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ViewRequestsTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final KafkaSettings NOWHERE = new KafkaSettings("127.0.0.1:1", "test.", "test");
    private static final PaymentOwner PAYMENT = new PaymentOwner("shop~1", "merchant", Environment.SANDBOX);
    private static final PaymentOwner OTHER = new PaymentOwner("shop~2", "merchant", Environment.SANDBOX);

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final RecordSender sender = new RecordSender() {
        @Override
        public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            asked.add(record.key());
            return new CompletableFuture<>();
        }

        @Override
        public int warmUp(String topic) {
            return 1;
        }
    };
    private final PipelineDelay delay = new PipelineDelay(Duration.ofSeconds(8), Duration.ofMillis(500), now::get);
    private final ViewRequests requests = new ViewRequests(
            new PaymentViews(NOWHERE, WriterSchemas.compiledIn()),
            delay,
            new EventPublisher(new TypedProducer<>(sender, NOWHERE), new TypedProducer<>(sender, NOWHERE), now::get),
            now::get);

    @Test
    void a_page_that_looks_again_and_again_asks_after_one_second_then_two_then_four() {
        List<Long> seconds = new ArrayList<>();
        for (long second = 0; second <= 130; second++) {
            now.set(BEGIN.plusSeconds(second));
            int before = asked.size();
            requests.find(PAYMENT, Duration.ZERO);
            requests.find(PAYMENT, Duration.ZERO);
            settle(PAYMENT, second);
            if (asked.stream().filter(PAYMENT.paymentId()::equals).count() > seconds.size()) {
                assertThat(asked).hasSize(before + 2);
                seconds.add(second);
            }
        }

        assertThat(seconds).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L, 121L);
    }

    @Test
    void nothing_is_asked_while_a_fact_of_the_payment_is_unanswered() {
        delay.begin(1);
        delay.asks(PAYMENT.paymentId(), "event");

        requests.find(PAYMENT, Duration.ZERO);
        requests.find(OTHER, Duration.ZERO);

        Awaitility.await().until(() -> !asked.isEmpty());
        assertThat(asked).containsExactly(OTHER.paymentId());
    }

    /** Questions are sent from threads of their own: another payment's, which nobody asked for before, comes after them. */
    private void settle(PaymentOwner unlike, long number) {
        PaymentOwner marker = new PaymentOwner(unlike.paymentId() + "-" + number, "merchant", Environment.SANDBOX);
        requests.find(marker, Duration.ZERO);
        Awaitility.await().until(() -> asked.contains(marker.paymentId()));
    }
}
