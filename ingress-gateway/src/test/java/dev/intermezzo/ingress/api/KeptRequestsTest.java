package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RecordSender;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ApiRequest;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundAsked;
import dev.intermezzo.schemas.avro.RefundRefused;
import dev.intermezzo.schemas.avro.RefundRequested;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is known of a log that a test writes by hand; following a real one is the business of the whole installation's test. */
class KeptRequestsTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final KafkaSettings NOWHERE = new KafkaSettings("127.0.0.1:1", "test.", "test");

    private static final int MOST = 3;

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
    private Runnable log = () -> {};
    private final KeptRequests requests = new KeptRequests(
            NOWHERE,
            WriterSchemas.compiledIn(),
            new TypedProducer<>(
                    new RecordSender() {
                        @Override
                        public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
                            log.run();
                            return written;
                        }

                        @Override
                        public int warmUp(String topic) {
                            return 1;
                        }
                    },
                    NOWHERE),
            MOST,
            now::get);

    @Test
    void the_first_request_under_a_key_is_the_one_that_counts() {
        requests.take(asked("a", "first"));
        requests.take(asked("a", "second"));

        assertThat(requests.find("a")).map(KeptRequest::reason).contains("first");
        assertThat(requests.find("b")).isEmpty();
    }

    @Test
    void a_request_counts_for_thirty_days_and_then_its_key_is_free() {
        requests.take(asked("a", "first"));

        now.set(BEGIN.plus(Duration.ofDays(30)));
        assertThat(requests.find("a")).isPresent();
        now.set(BEGIN.plus(Duration.ofDays(30)).plusMillis(1));
        assertThat(requests.find("a")).isEmpty();

        requests.take(asked("a", "later"));
        assertThat(requests.find("a")).map(KeptRequest::reason).contains("later");
    }

    @Test
    void beyond_its_bound_it_is_full_and_knows_what_the_log_holds_all_the_same() {
        requests.take(asked("a", "first"));
        requests.take(asked("b", "first"));
        assertThat(requests.full()).isFalse();

        requests.take(asked("c", "first"));
        requests.take(asked("d", "of another instance"));

        assertThat(requests.full()).isTrue();
        assertThat(requests.find("d")).map(KeptRequest::reason).contains("of another instance");
    }

    @Test
    void it_is_full_no_more_when_the_time_of_some_is_over() {
        requests.take(asked("a", "first"));
        requests.take(asked("b", "first"));
        now.set(BEGIN.plusSeconds(600));
        requests.take(asked("c", "later"));
        assertThat(requests.full()).isTrue();

        now.set(BEGIN.plus(Duration.ofDays(30)).plusSeconds(1));

        assertThat(requests.full()).isFalse();
        assertThat(requests.size()).isEqualTo(1);
    }

    @Test
    void a_request_that_stands_in_the_log_before_the_own_one_is_told_instead() {
        log = () -> {
            requests.take(asked("a", "of another instance"));
            requests.take(asked("a", "own"));
            written.complete(new RecordMetadata(new TopicPartition("test.api-requests", 0), 0, 1, 0, 0, 0));
        };

        assertThat(requests.keep(asked("a", "own"), Deadline.in(Duration.ofSeconds(10))))
                .map(KeptRequest::reason)
                .contains("of another instance");
    }

    @Test
    void a_request_that_was_not_written_in_time_is_not_called_kept() {
        assertThat(requests.keep(asked("a", "own"), Deadline.in(Duration.ofMillis(20))))
                .isEmpty();
    }

    @Test
    void why_it_was_refused_is_told_and_a_lost_reason_never_replaces_one() {
        requests.take(asked("a", "first"));
        requests.take(refused("a", KeptRequest.REASON_LOST));
        requests.take(refused("a", "refund-exceeds-approved"));
        requests.take(refused("a", KeptRequest.REASON_LOST));
        requests.take(refused("a", "refund-in-flight"));

        assertThat(requests.find("a"))
                .map(KeptRequest::refusedWith)
                .hasValueSatisfying(code -> assertThat(code).contains("refund-exceeds-approved"));
    }

    private ApiRequest asked(String id, String reason) {
        RefundRequested wish = new RefundRequested(
                id, new Money(new BigDecimal("1.0000"), "CAD"), "PAYONE", "account", List.of(), null);
        OperatorAct act =
                new OperatorAct(id, "shop~order", "shop", Environment.SANDBOX, now.get(), "anna", "ben", wish);
        return new ApiRequest(
                id,
                "shop~order",
                "shop",
                Environment.SANDBOX,
                now.get(),
                new RefundAsked(ByteBuffer.wrap(new byte[] {1}), reason, act));
    }

    private ApiRequest refused(String id, String code) {
        return new ApiRequest(id, "shop~order", "shop", Environment.SANDBOX, now.get(), new RefundRefused(code));
    }
}
