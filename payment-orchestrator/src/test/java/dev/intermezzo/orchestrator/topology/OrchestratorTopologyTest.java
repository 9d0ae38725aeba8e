package dev.intermezzo.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.LedgerAudit;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.schemas.LedgerHash;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.UnknownSchemaException;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.TimerFired;
import dev.intermezzo.schemas.avro.Verdict;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrchestratorTopologyTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Facts facts = Facts.ofOrder(1);
    private OrchestratorHarness orchestrator = new OrchestratorHarness(new Bookkeeper());

    @AfterEach
    void close() {
        orchestrator.close();
    }

    @Test
    void a_checkout_leads_to_an_entry_a_command_and_a_view() {
        orchestrator.send(facts.key(Facts.KEY_ID));

        orchestrator.send(facts.checkout());

        LedgerEntry entry = only(orchestrator.values(Topics.PAYMENT_LEDGER));
        assertThat(entry.getPaymentId()).isEqualTo(facts.payment());
        assertThat(entry.getSequence()).isEqualTo(1);
        assertThat(entry.getVerdict()).isEqualTo(Verdict.APPLIED);
        assertThat(entry.getSourceTopic()).isEqualTo("payment-events");
        assertThat(LedgerHash.intact(entry, LedgerHash.genesis())).isTrue();
        CashierCommand command = orchestrator.onlyCommand();
        assertThat(command.getId()).startsWith(facts.payment() + "#1.");
        assertThat(command.getProvider()).isEqualTo("PAYONE");
        PaymentView view = only(orchestrator.values(Topics.PAYMENT_VIEWS));
        assertThat(view.getAnswers()).isEqualTo(facts.checkout().getId());
        assertThat(view.getState()).isEqualTo(ViewState.IN_PROGRESS);
        assertThat(orchestrator.values(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void a_payment_goes_from_its_checkout_to_the_message_for_its_shop() {
        orchestrator.send(facts.key(Facts.KEY_ID));
        orchestrator.send(facts.checkout());
        String command = orchestrator.onlyCommand().getId();
        orchestrator.send(facts.after(1).pageOpened(command));

        orchestrator.send(facts.after(60).approved());

        NotificationRequest request = only(orchestrator.values(Topics.NOTIFICATION_REQUESTS));
        assertThat(request.getStatus()).isEqualTo(NotifyStatus.APPROVED);
        assertThat(orchestrator.records(Topics.WEBHOOK_INDEX))
                .extracting(TestRecord::key)
                .containsExactly(Facts.ACCOUNT + "~" + facts.transaction());
        assertThat(orchestrator.values(Topics.PAYMENT_VIEWS).getLast().getState())
                .isEqualTo(ViewState.APPROVED);
    }

    @Test
    void the_ledger_that_was_written_is_intact_and_reproduced() {
        orchestrator.send(facts.key(Facts.KEY_ID));
        orchestrator.send(facts.checkout());
        orchestrator.send(facts.after(1).pageOpened(orchestrator.onlyCommand().getId()));
        orchestrator.send(facts.after(60).approved());

        LedgerAudit audit = new LedgerAudit(WriterSchemas.compiledIn());
        List<TestRecord<String, LedgerEntry>> entries = orchestrator.records(Topics.PAYMENT_LEDGER);
        for (int i = 0; i < entries.size(); i++) {
            audit.accept(
                    new LedgerPosition(entries.get(i).key(), 0, i),
                    entries.get(i).value());
        }

        assertThat(entries).hasSize(3);
        assertThat(audit.finish().verified()).isTrue();
        assertThat(audit.finish().reproduced()).isEqualTo(3);
    }

    @Test
    void an_entry_names_the_place_its_event_was_taken_from() {
        orchestrator.send(facts.warmUp());

        orchestrator.send(facts.checkout());

        Headers headers = only(orchestrator.records(Topics.PAYMENT_LEDGER)).headers();
        assertThat(text(headers, "src-topic")).isEqualTo("payment-events");
        assertThat(text(headers, "src-partition")).isEqualTo("0");
        assertThat(text(headers, "src-offset")).isEqualTo("1");
    }

    @Test
    void no_source_is_written_both_in_transactions_and_without() {
        assertThat(OrchestratorTopology.SOURCES).extracting(Topic::writer).doesNotContain(Topic.Writer.BOTH);
    }

    @Test
    void the_trace_of_an_event_goes_on_to_everything_it_causes() {
        orchestrator.send(facts.key(Facts.KEY_ID));

        orchestrator.send(Topics.PAYMENT_EVENTS, facts.payment(), facts.checkout(), traced());

        assertThat(text(only(orchestrator.records(Topics.PAYMENT_LEDGER)).headers(), "traceparent"))
                .isEqualTo(TRACE);
        assertThat(text(only(orchestrator.records(Topics.CASHIER_COMMANDS)).headers(), "traceparent"))
                .isEqualTo(TRACE);
        assertThat(text(only(orchestrator.records(Topics.PAYMENT_VIEWS)).headers(), "traceparent"))
                .isEqualTo(TRACE);
    }

    @Test
    void a_repeated_event_writes_nothing_but_shows_the_payment_again() {
        orchestrator.send(facts.key(Facts.KEY_ID));
        orchestrator.send(facts.checkout());
        orchestrator.values(Topics.PAYMENT_LEDGER);
        orchestrator.values(Topics.PAYMENT_VIEWS);
        orchestrator.onlyCommand();

        orchestrator.send(facts.checkout());

        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
        assertThat(orchestrator.values(Topics.CASHIER_COMMANDS)).isEmpty();
        assertThat(only(orchestrator.values(Topics.PAYMENT_VIEWS)).getAnswers())
                .isEqualTo(facts.checkout().getId());
    }

    @Test
    void a_view_request_is_answered_and_leaves_no_trace_in_the_ledger() {
        orchestrator.send(facts.checkout());
        orchestrator.values(Topics.PAYMENT_LEDGER);
        orchestrator.values(Topics.PAYMENT_VIEWS);

        orchestrator.send(facts.viewRequested("view-1"));

        PaymentView view = only(orchestrator.values(Topics.PAYMENT_VIEWS));
        assertThat(view.getAnswers()).isEqualTo("view-1");
        assertThat(view.getSequence()).isEqualTo(1);
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
    }

    @Test
    void a_view_request_for_an_unknown_payment_is_no_alarm() {
        orchestrator.send(facts.viewRequested("view-1"));

        assertThat(orchestrator.values(Topics.PAYMENT_VIEWS)).isEmpty();
        assertThat(orchestrator.values(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void a_warm_up_is_skipped_before_ledger_and_state() {
        orchestrator.send(facts.warmUp());

        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
        assertThat(orchestrator.values(Topics.PAYMENT_VIEWS)).isEmpty();
        assertThat(orchestrator.values(Topics.DEAD_LETTERS)).isEmpty();
        assertThat(orchestrator.<String>store(Books.PAYMENTS).approximateNumEntries())
                .isZero();
    }

    @Test
    void an_event_on_a_topic_of_another_kind_is_a_dead_letter() {
        orchestrator.send(facts.checkout());
        orchestrator.values(Topics.PAYMENT_LEDGER);

        orchestrator.send(Topics.PAYMENT_EVENTS, facts.payment(), facts.approved(), new RecordHeaders());

        assertThat(letter().getCode()).isEqualTo("wrong-origin");
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
    }

    @Test
    void bytes_that_are_no_event_are_a_dead_letter_with_their_place() {
        orchestrator.sendBytes(
                Topics.CASHIER_RESULTS,
                facts.payment(),
                "nonsense".getBytes(StandardCharsets.UTF_8),
                new RecordHeaders());

        DeadLetter letter = letter();
        assertThat(letter.getCode()).isEqualTo("undecodable");
        assertThat(letter.getSourceTopic()).isEqualTo("cashier-results");
        assertThat(letter.getSourceOffset()).isZero();
    }

    @Test
    void a_value_of_a_schema_that_is_not_known_yet_is_never_given_up() {
        byte[] fromTheFuture = {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9};

        assertThatThrownBy(() -> orchestrator.sendBytes(
                        Topics.PAYMENT_EVENTS, facts.payment(), fromTheFuture, new RecordHeaders()))
                .hasRootCauseInstanceOf(UnknownSchemaException.class);

        assertThat(orchestrator.values(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void an_event_under_the_key_of_another_payment_is_a_dead_letter() {
        orchestrator.send(Topics.PAYMENT_EVENTS, "demo-shop~other", facts.checkout(), new RecordHeaders());

        assertThat(letter().getCode()).isEqualTo("key-mismatch");
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
    }

    @Test
    void a_fact_of_a_payment_that_never_began_is_a_dead_letter() {
        orchestrator.send(facts.pageOpened("x#1.1"));

        assertThat(letter().getCode()).isNotEmpty();
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
    }

    @Test
    void a_timer_comes_back_as_an_event_when_it_is_due_and_only_once() {
        orchestrator.send(Topics.PAYMENT_EVENTS, facts.payment(), facts.checkout(), traced());

        orchestrator.pass(Duration.ofMinutes(2));
        List<TestRecord<String, InternalEvent>> fired = orchestrator.records(Topics.PAYMENT_INTERNAL);
        orchestrator.pass(Duration.ofMinutes(2));

        assertThat(orchestrator.values(Topics.PAYMENT_INTERNAL))
                .extracting(InternalEvent::getId)
                .doesNotContainAnyElementsOf(
                        fired.stream().map(record -> record.value().getId()).toList());
        assertThat(fired).isNotEmpty().allSatisfy(record -> {
            assertThat(record.key()).isEqualTo(facts.payment());
            assertThat(text(record.headers(), "traceparent")).isEqualTo(TRACE);
            assertThat(record.value().getBody()).isInstanceOfSatisfying(TimerFired.class, timer -> {
                assertThat(timer.getArmedAt()).isEqualTo(1);
                assertThat(record.value().getId()).contains(facts.payment() + "#1:" + timer.getKind());
            });
        });
    }

    @Test
    void a_timer_that_is_not_due_stays_silent() {
        orchestrator.send(facts.checkout());

        orchestrator.pass(Duration.ofSeconds(5));

        assertThat(orchestrator.values(Topics.PAYMENT_INTERNAL)).isEmpty();
    }

    @Test
    void a_timer_that_fired_is_decided_on_like_any_other_event() {
        orchestrator.send(facts.checkout());
        orchestrator.values(Topics.PAYMENT_LEDGER);
        orchestrator.pass(Duration.ofMinutes(2));

        // TopologyTestDriver feeds what is written to payment-internal back to its source.
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER))
                .extracting(LedgerEntry::getSourceTopic)
                .containsOnly("payment-internal");
    }

    @Test
    void a_command_carries_the_keys_of_its_sealed_parts_and_no_others() {
        orchestrator.send(facts.key("key-0"));
        orchestrator.send(facts.key(Facts.KEY_ID));

        orchestrator.send(facts.checkout());

        assertThat(orchestrator.onlyCommand().getBuyerKeys())
                .extracting(WrappedKey::getKeyId)
                .containsExactly(Facts.KEY_ID);
    }

    @Test
    void a_command_waits_for_a_key_that_arrives_later() {
        orchestrator.send(facts.checkout());
        assertThat(orchestrator.values(Topics.CASHIER_COMMANDS)).isEmpty();
        assertThat(orchestrator.values(Topics.PAYMENT_VIEWS)).hasSize(1);

        orchestrator.send(facts.key(Facts.KEY_ID));

        assertThat(orchestrator.onlyCommand().getBuyerKeys())
                .extracting(WrappedKey::getKeyId)
                .containsExactly(Facts.KEY_ID);
    }

    @Test
    void the_ledger_is_the_same_whether_the_key_came_before_or_after() {
        orchestrator.send(facts.key(Facts.KEY_ID));
        orchestrator.send(facts.checkout());
        ByteBuffer before = only(orchestrator.values(Topics.PAYMENT_LEDGER)).getHash();
        orchestrator.close();
        orchestrator = new OrchestratorHarness(new Bookkeeper());

        orchestrator.send(facts.checkout());
        orchestrator.send(facts.key(Facts.KEY_ID));

        assertThat(only(orchestrator.values(Topics.PAYMENT_LEDGER)).getHash()).isEqualTo(before);
    }

    @Test
    void forgetting_a_buyer_deletes_every_key_and_what_waited_leaves_without_one() {
        orchestrator.send(facts.checkout());

        orchestrator.forget(facts.payment());

        assertThat(orchestrator.<String>store(BuyerKeys.STORE).get(facts.payment()))
                .isNull();
        assertThat(orchestrator.onlyCommand().getBuyerKeys()).isEmpty();
    }

    @Test
    void a_failing_decision_quarantines_its_payment_and_no_other() {
        orchestrator.close();
        orchestrator = new OrchestratorHarness(poisonedBy("wh-", 1));
        orchestrator.send(facts.checkout());
        orchestrator.values(Topics.PAYMENT_LEDGER);

        orchestrator.send(facts.after(5).approved());
        orchestrator.send(facts.after(6).askedAgain("again-1"));

        assertThat(letter().getCode()).isEqualTo("decision-failed");
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
        Facts other = Facts.ofOrder(2);
        orchestrator.send(other.checkout());
        assertThat(only(orchestrator.values(Topics.PAYMENT_LEDGER)).getPaymentId())
                .isEqualTo(other.payment());
    }

    @Test
    void a_quarantined_payment_can_still_be_seen() {
        orchestrator.close();
        orchestrator = new OrchestratorHarness(poisonedBy("wh-", 1));
        orchestrator.send(facts.checkout());
        orchestrator.send(facts.after(5).approved());
        orchestrator.values(Topics.PAYMENT_VIEWS);

        orchestrator.send(facts.viewRequested("view-1"));

        assertThat(only(orchestrator.values(Topics.PAYMENT_VIEWS)).getSequence())
                .isEqualTo(1);
    }

    @Test
    void a_newer_decider_takes_the_queue_up_in_order_with_the_next_event() {
        orchestrator.close();
        orchestrator = new OrchestratorHarness(poisonedBy("wh-", 1));
        orchestrator.send(facts.key(Facts.KEY_ID));
        orchestrator.send(facts.checkout());
        String command = orchestrator.onlyCommand().getId();
        orchestrator.send(facts.after(5).approved());
        orchestrator.send(facts.after(6).pageOpened(command));
        orchestrator.values(Topics.PAYMENT_LEDGER);

        orchestrator = orchestrator.restartedWith(new Bookkeeper(Decider::decide, 2));
        orchestrator.send(facts.after(7).askedAgain("again-1"));

        List<LedgerEntry> entries = orchestrator.values(Topics.PAYMENT_LEDGER);
        assertThat(entries).extracting(LedgerEntry::getSequence).containsExactly(2L, 3L, 4L);
        assertThat(entries)
                .extracting(LedgerEntry::getSourceTopic)
                .containsExactly("payment-internal", "cashier-results", "payment-events");
        assertThat(orchestrator.<String>store(Quarantines.MARKS).get(facts.payment()))
                .isNull();
    }

    @Test
    void a_newer_decider_that_fails_too_keeps_the_queue_in_order() {
        orchestrator.close();
        orchestrator = new OrchestratorHarness(poisonedBy("wh-", 1));
        orchestrator.send(facts.checkout());
        orchestrator.send(facts.after(5).approved());
        orchestrator.send(facts.after(6).pageOpened("c"));

        orchestrator = orchestrator.restartedWith(poisonedBy("wh-", 2));
        orchestrator.send(facts.after(7).askedAgain("again-1"));

        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
        orchestrator = orchestrator.restartedWith(new Bookkeeper(Decider::decide, 3));
        orchestrator.send(facts.after(8).askedAgain("again-2"));
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER))
                .extracting(LedgerEntry::getSourceTopic)
                .containsExactly("payment-internal", "cashier-results", "payment-events", "payment-events");
    }

    @Test
    void a_quarantine_queue_has_a_bound_beyond_which_events_are_dead_letters() {
        orchestrator.close();
        orchestrator = new OrchestratorHarness(poisonedBy("checkout-", 1));
        orchestrator.send(facts.checkout());
        letter();

        for (int i = 1; i <= Quarantines.MAX_QUEUED; i++) {
            orchestrator.send(facts.askedAgain("again-" + i));
        }

        assertThat(letter().getCode()).isEqualTo("quarantine-full");
    }

    /** The real state machine, except that it fails on events whose id begins so. */
    private static Bookkeeper poisonedBy(String idPrefix, int deciderVersion) {
        return new Bookkeeper(
                (state, event) -> {
                    if (event.id().startsWith(idPrefix)) {
                        throw new IllegalStateException("poisoned");
                    }
                    return Decider.decide(state, event);
                },
                deciderVersion);
    }

    private DeadLetter letter() {
        return only(orchestrator.values(Topics.DEAD_LETTERS));
    }

    private static Headers traced() {
        return new RecordHeaders().add("traceparent", TRACE.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static <T> T only(List<T> values) {
        assertThat(values).hasSize(1);
        return values.getFirst();
    }
}
