package dev.intermezzo.notifier.schedule;

import static dev.intermezzo.schemas.avro.NotifyStatus.APPROVED;
import static dev.intermezzo.schemas.avro.NotifyStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.runtime.streams.DueAlarm;
import dev.intermezzo.runtime.streams.DueIndex;
import dev.intermezzo.schemas.AvroSerde;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTopologyTest {

    private static final String PREFIX = "test.";
    private static final WriterSchemas SCHEMAS = WriterSchemas.compiledIn();

    private static final Vault VAULT = new Vault(SealingKeys.generate());

    @TempDir
    Path stateDirectory;

    private final ScheduleCounts counts = new ScheduleCounts();
    private TopologyTestDriver driver;
    private TestInputTopic<String, NotificationRequest> requests;
    private TestInputTopic<String, NotificationResult> results;
    private TestOutputTopic<String, NotificationDue> due;
    private TestOutputTopic<String, InternalEvent> internal;
    private TestOutputTopic<String, DeadLetter> deadLetters;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "schedule-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(
                ScheduleTopology.of(
                                PREFIX,
                                SchedulePolicy.standard(),
                                SCHEMAS,
                                new DeadLetters(VAULT, () -> Messages.START),
                                counts)
                        .topology(),
                properties,
                Messages.START);
        requests = driver.createInputTopic(
                PREFIX + "notification-requests",
                new StringSerializer(),
                new AvroSerde<>(Topics.NOTIFICATION_REQUESTS, SCHEMAS).serializer());
        results = driver.createInputTopic(
                PREFIX + "notification-results",
                new StringSerializer(),
                new AvroSerde<>(Topics.NOTIFICATION_RESULTS, SCHEMAS).serializer());
        due = driver.createOutputTopic(
                PREFIX + "notification-due",
                new StringDeserializer(),
                new AvroSerde<>(Topics.NOTIFICATION_DUE, SCHEMAS).deserializer());
        internal = driver.createOutputTopic(
                PREFIX + "payment-internal",
                new StringDeserializer(),
                new AvroSerde<>(Topics.PAYMENT_INTERNAL, SCHEMAS).deserializer());
        deadLetters = driver.createOutputTopic(
                PREFIX + "dead-letters",
                new StringDeserializer(),
                new AvroSerde<>(Topics.DEAD_LETTERS, SCHEMAS).deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void a_request_becomes_due_at_once_under_its_payment_and_with_its_trace() {
        // Given
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "00-trace-01".getBytes(StandardCharsets.UTF_8));

        // When
        requests.pipeInput(new TestRecord<>(Messages.PAYMENT, Messages.request(1, APPROVED), headers));

        // Then
        TestRecord<String, NotificationDue> sent = due.readRecord();
        assertThat(sent.key()).isEqualTo(Messages.PAYMENT);
        assertThat(sent.value().getRequest()).isEqualTo(Messages.request(1, APPROVED));
        assertThat(sent.headers().lastHeader("traceparent").value()).asString().isEqualTo("00-trace-01");
        assertThat(due.isEmpty()).isTrue();
    }

    @Test
    void a_shop_that_fails_twice_is_told_by_the_third_attempt() {
        // Given
        request(Messages.PAYMENT, 1);

        // When
        report(due.readValue(), SendOutcome.FAILED);
        driver.advanceWallClockTime(Duration.ofSeconds(7));
        report(due.readValue(), SendOutcome.UNANSWERED);
        driver.advanceWallClockTime(Duration.ofSeconds(37));
        NotificationDue third = due.readValue();
        report(third, SendOutcome.DELIVERED);

        // Then
        assertThat(third.getAttempt()).isEqualTo(3);
        assertThat(third.getEarlierUnanswered()).isTrue();
        NotificationEnded ended = (NotificationEnded) internal.readValue().getBody();
        assertThat(ended.getEnd()).isEqualTo(NotificationEnd.DELIVERED);
        assertThat(ended.getAttempts()).isEqualTo(3);
        assertThat(counts.endedCount(NotificationEnd.DELIVERED)).isEqualTo(1);
        assertThat(counts.sentCount()).isEqualTo(3);
    }

    @Test
    void nothing_is_sent_before_its_time() {
        // Given
        request(Messages.PAYMENT, 1);
        report(due.readValue(), SendOutcome.FAILED);

        // When
        driver.advanceWallClockTime(Duration.ofMillis(3900));

        // Then
        assertThat(due.isEmpty()).isTrue();
    }

    @Test
    void an_unreported_message_is_issued_again_after_its_lease_only() {
        // Given
        request(Messages.PAYMENT, 1);
        NotificationDue first = due.readValue();

        // When
        driver.advanceWallClockTime(SchedulePolicy.standard().lease().minusMillis(1));
        assertThat(due.isEmpty()).isTrue();
        driver.advanceWallClockTime(DueAlarm.SOONEST);

        // Then
        NotificationDue again = due.readValue();
        assertThat(again.getId()).isEqualTo(first.getId());
        assertThat(again.getNotAfter()).isAfter(first.getNotAfter());
    }

    @Test
    void a_turn_brings_back_a_bounded_number_and_the_next_turns_the_rest() {
        // Given
        int orders = 2 * DueIndex.TURN_LIMIT + 1;
        for (int n = 0; n < orders; n++) {
            request("demo-shop~" + n, 1);
        }
        assertThat(due.readValuesToList()).hasSize(orders);
        Duration tillTheLastTurnBefore = SchedulePolicy.standard().lease().minus(DueAlarm.SOONEST);
        driver.advanceWallClockTime(tillTheLastTurnBefore);

        // When
        driver.advanceWallClockTime(DueAlarm.SOONEST);
        int first = due.readValuesToList().size();
        driver.advanceWallClockTime(DueAlarm.SOONEST);
        int second = due.readValuesToList().size();
        driver.advanceWallClockTime(DueAlarm.SOONEST);
        int third = due.readValuesToList().size();

        // Then
        assertThat(List.of(first, second, third)).containsExactly(DueIndex.TURN_LIMIT, DueIndex.TURN_LIMIT, 1);
    }

    @Test
    void a_reported_message_leaves_no_lease_behind() {
        // Given
        request(Messages.PAYMENT, 1);
        NotificationDue sent = due.readValue();

        // When
        report(sent, SendOutcome.DELIVERED);

        // Then
        assertThat(keysIn(ScheduleTopology.DUE_TIMES))
                .as("only when the order is forgotten")
                .isEqualTo(1);
        assertThat(state(Messages.PAYMENT).getPhase()).isEqualTo(SchedulePhase.IDLE);
    }

    @Test
    void a_forgotten_order_leaves_nothing_in_the_stores() {
        // Given
        request(Messages.PAYMENT, 1);
        report(due.readValue(), SendOutcome.DELIVERED);

        // When
        driver.advanceWallClockTime(Duration.ofDays(31));

        // Then
        assertThat(keysIn(ScheduleTopology.STATES)).isZero();
        assertThat(keysIn(ScheduleTopology.DUE_TIMES)).as("the hint").isEqualTo(1);
    }

    @Test
    void a_parked_message_waits_for_a_person_for_ever() {
        // Given
        request(Messages.PAYMENT, 1);
        for (int attempt = 1; attempt <= 13; attempt++) {
            report(due.readValue(), SendOutcome.FAILED);
            driver.advanceWallClockTime(Duration.ofHours(29));
        }

        // When
        driver.advanceWallClockTime(Duration.ofDays(100));

        // Then
        assertThat(((NotificationEnded) internal.readValue().getBody()).getEnd())
                .isEqualTo(NotificationEnd.PARKED);
        assertThat(due.isEmpty()).isTrue();
        assertThat(state(Messages.PAYMENT).getPhase()).isEqualTo(SchedulePhase.PARKED);
    }

    @Test
    void a_redriven_message_is_sent_again_at_once_and_a_later_one_follows_it() {
        // Given
        park(1, FAILED);

        // When
        requests.pipeInput(Messages.PAYMENT, Messages.redrive(1, FAILED));
        requests.pipeInput(Messages.PAYMENT, Messages.request(2, APPROVED));

        // Then
        NotificationDue again = due.readValue();
        assertThat(again.getRequest()).isEqualTo(Messages.request(1, FAILED));
        assertThat(again.getAttempt()).isEqualTo(14);
        assertThat(due.isEmpty()).as("one at a time").isTrue();
        report(again, SendOutcome.DELIVERED);
        assertThat(due.readValue().getRequest()).isEqualTo(Messages.request(2, APPROVED));
        assertThat(internal.readValuesToList())
                .extracting(event -> ((NotificationEnded) event.getBody()).getEnd())
                .containsExactly(NotificationEnd.PARKED, NotificationEnd.DELIVERED);
    }

    @Test
    void a_redrive_that_is_repeated_or_of_another_message_or_comes_too_late_sends_nothing() {
        // Given
        park(1, FAILED);

        // When
        requests.pipeInput(Messages.PAYMENT, Messages.redrive(2, FAILED));
        assertThat(due.isEmpty()).as("another message").isTrue();
        requests.pipeInput(Messages.PAYMENT, Messages.redrive(1, FAILED));
        NotificationDue again = due.readValue();
        requests.pipeInput(Messages.PAYMENT, Messages.redrive(1, FAILED));
        assertThat(due.isEmpty()).as("a repeat").isTrue();
        report(again, SendOutcome.DELIVERED);
        requests.pipeInput(Messages.PAYMENT, Messages.redrive(1, FAILED));

        // Then
        assertThat(due.isEmpty()).as("delivered").isTrue();
        requests.pipeInput("demo-shop~never-told", Messages.redrive("demo-shop~never-told", 1, APPROVED));
        assertThat(due.isEmpty()).as("an order of which nothing is known").isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void a_redriven_message_has_a_whole_round_again_and_is_then_parked_again() {
        // Given
        park(1, APPROVED);

        // When
        requests.pipeInput(Messages.PAYMENT, Messages.redrive(1, APPROVED));
        for (int attempt = 14; attempt <= 26; attempt++) {
            NotificationDue sent = due.readValue();
            assertThat(sent.getAttempt()).isEqualTo(attempt);
            report(sent, SendOutcome.FAILED);
            driver.advanceWallClockTime(Duration.ofHours(29));
        }

        // Then
        assertThat(due.isEmpty()).isTrue();
        assertThat(internal.readValuesToList())
                .extracting(event -> ((NotificationEnded) event.getBody()).getEnd())
                .containsExactly(NotificationEnd.PARKED, NotificationEnd.PARKED);
        assertThat(state(Messages.PAYMENT).getPhase()).isEqualTo(SchedulePhase.PARKED);
    }

    @Test
    void a_build_that_knows_no_redrive_takes_it_for_a_repeat() {
        // Given
        park(1, APPROVED);
        NotificationRequest asOlderBuildsReadIt = NotificationRequest.newBuilder(Messages.redrive(1, APPROVED))
                .setRedrive(null)
                .build();

        // When
        requests.pipeInput(Messages.PAYMENT, asOlderBuildsReadIt);

        // Then
        assertThat(due.isEmpty()).isTrue();
        assertThat(state(Messages.PAYMENT).getPhase()).isEqualTo(SchedulePhase.PARKED);
    }

    @Test
    void one_orders_trouble_does_not_touch_another() {
        // Given
        request("demo-shop~troubled", 1);
        report(due.readValue(), SendOutcome.FAILED);

        // When
        request("demo-shop~happy", 1);

        // Then
        assertThat(due.readValue().getPaymentId()).isEqualTo("demo-shop~happy");
    }

    @Test
    void a_value_that_cannot_be_read_and_one_under_another_key_are_refused_without_stopping() {
        // Given
        TestInputTopic<String, byte[]> raw = driver.createInputTopic(
                PREFIX + "notification-requests", new StringSerializer(), new ByteArraySerializer());

        // When
        raw.pipeInput(Messages.PAYMENT, new byte[] {1, 2, 3});
        requests.pipeInput("demo-shop~other", Messages.request(1, FAILED));
        request(Messages.PAYMENT, 2);

        // Then
        List<DeadLetter> letters = deadLetters.readValuesToList();
        assertThat(letters).extracting(DeadLetter::getCode).containsExactly("undecodable", "key-mismatch");
        DeadLetter first = letters.getFirst();
        byte[] sealed = new byte[first.getSealedOriginal().remaining()];
        first.getSealedOriginal().get(sealed);
        assertThat(VAULT.open(first.getId(), sealed)).containsExactly(1, 2, 3);
        assertThat(due.readValuesToList()).hasSize(1);
    }

    @Test
    void a_fact_of_another_kind_is_refused_with_the_place_it_lay_at() {
        // Given
        TestInputTopic<String, byte[]> raw = driver.createInputTopic(
                PREFIX + "notification-results", new StringSerializer(), new ByteArraySerializer());
        NotificationRequest misplaced = Messages.request(1, APPROVED);

        // When
        raw.pipeInput(Messages.PAYMENT, Codec.of(NotificationRequest.class).encode(misplaced));

        // Then
        DeadLetter letter = deadLetters.readValue();
        assertThat(letter.getCode()).isEqualTo("wrong-origin");
        assertThat(letter.getSourceTopic()).isEqualTo("notification-results");
        assertThat(due.isEmpty()).isTrue();
    }

    private void park(int number, NotifyStatus status) {
        requests.pipeInput(Messages.PAYMENT, Messages.request(number, status));
        for (int attempt = 1; attempt <= 13; attempt++) {
            report(due.readValue(), SendOutcome.FAILED);
            driver.advanceWallClockTime(Duration.ofHours(29));
        }
        assertThat(state(Messages.PAYMENT).getPhase()).isEqualTo(SchedulePhase.PARKED);
    }

    private void request(String payment, int number) {
        requests.pipeInput(payment, Messages.request(payment, number, APPROVED));
    }

    private void report(NotificationDue sent, SendOutcome outcome) {
        results.pipeInput(sent.getPaymentId(), Messages.report(sent, outcome).result());
    }

    private long keysIn(String store) {
        long keys = 0;
        try (KeyValueIterator<?, ?> all = driver.getKeyValueStore(store).all()) {
            for (; all.hasNext(); all.next()) {
                keys++;
            }
        }
        return keys;
    }

    private ScheduleState state(String payment) {
        return driver.<String, ScheduleState>getKeyValueStore(ScheduleTopology.STATES)
                .get(payment);
    }
}
