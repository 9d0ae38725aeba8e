package dev.intermezzo.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.ledger.AuditReport;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import dev.intermezzo.schemas.avro.TimerFired;
import dev.intermezzo.schemas.avro.TimerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores put back from the ledger, on a real broker. */
class LedgerRebuildTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    /** Nobody answers its call, and its timers are far away. */
    private final Facts untouched = Facts.ofOrder(1, now.plus(Duration.ofHours(1)));

    private final Facts atProvider = Facts.ofOrder(2, now);
    private final Facts approved = Facts.ofOrder(3, now);
    private final Facts old = Facts.ofOrder(4, now);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path data;

    @SuppressWarnings("NullAway.Init") // made before each test
    private OrchestratorOnBroker orchestrator;

    @BeforeEach
    void install() {
        orchestrator = new OrchestratorOnBroker(data);
    }

    @AfterEach
    void close() {
        orchestrator.close();
    }

    @Test
    void stores_come_back_byte_for_byte_and_payments_go_on_where_they_were() {
        orchestrator.start("before");
        paymentsInManyStates();
        // Its order time ends while the orchestrator is down.
        Facts due = Facts.ofOrder(
                5,
                Instant.now()
                        .truncatedTo(ChronoUnit.MICROS)
                        .minus(Duration.ofDays(1))
                        .plusSeconds(25));
        opened(due);
        orchestrator.stop();
        SortedMap<String, String> states = orchestrator.store(Books.PAYMENTS);
        SortedMap<String, String> heads = orchestrator.store(Books.HEADS);
        SortedMap<String, String> timers = orchestrator.store(Timers.STORE);
        assertThat(kinds(states)).contains(StateKind.IN_PROGRESS, StateKind.APPROVED, StateKind.RETIRED);
        List<String> sent = commandIds();
        int entriesOfDue = entries(due);
        orchestrator.deleteChangelogs();

        RebuildReport report = rebuild();

        assertThat(report.payments()).isEqualTo(5);
        assertThat(report.created()).hasSize(3);
        assertThat(orchestrator.store(Books.PAYMENTS)).isEqualTo(states);
        assertThat(orchestrator.store(Books.HEADS)).isEqualTo(heads);
        assertThat(timers).containsAllEntriesOf(orchestrator.store(Timers.STORE));
        assertThat(orchestrator.store(Timers.STORE)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(commandIds()).isEqualTo(sent);

        orchestrator.start("after");

        awaitLedger(due, entriesOfDue + 1);
        assertThat(orchestrator.read(Topics.DEAD_LETTERS)).isEmpty();
        orchestrator.send(
                Topics.PAYMENT_INTERNAL,
                atProvider.payment(),
                atProvider.after(60).approved());
        await().atMost(OrchestratorOnBroker.LIMIT).until(() -> told(atProvider).isPresent());
        assertThat(commandIds()).containsAll(sent).doesNotHaveDuplicates();
        AuditReport audit = orchestrator.audit();
        assertThat(audit.verified()).isTrue();
        assertThat(audit.fullyReproduced()).isTrue();
    }

    @Test
    void a_buyers_keys_are_taken_from_their_topic_again() {
        orchestrator.start("before");
        opened(atProvider);
        orchestrator.stop();
        orchestrator.deleteChangelogs();
        rebuild();
        orchestrator.start("after");

        orchestrator.send(
                Topics.PAYMENT_EVENTS,
                atProvider.payment(),
                atProvider.after(60).askedAgain("again"));

        List<CashierCommand> commands = orchestrator.awaitCount(Topics.CASHIER_COMMANDS, 2);
        assertThat(commands)
                .allSatisfy(command -> assertThat(command.getBuyerKeys()).hasSize(1));
    }

    @Test
    void it_is_refused_while_an_orchestrator_runs_and_an_instance_that_kept_its_folder_goes_on_after_it() {
        orchestrator.start("kept");
        opened(atProvider);
        assertThatThrownBy(this::rebuild)
                .isInstanceOfSatisfying(
                        RebuildRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("orchestrator-running"));
        orchestrator.stop();
        SortedMap<String, String> states = orchestrator.store(Books.PAYMENTS);

        RebuildReport report = rebuild();

        assertThat(report.created()).isEmpty();
        assertThat(orchestrator.store(Books.PAYMENTS)).isEqualTo(states);
        orchestrator.start("kept");
        orchestrator.send(
                Topics.PAYMENT_INTERNAL,
                atProvider.payment(),
                atProvider.after(60).approved());
        orchestrator.awaitCount(Topics.NOTIFICATION_REQUESTS, 1);
        assertThat(orchestrator.audit().fullyReproduced()).isTrue();
    }

    @Test
    void a_ledger_that_this_build_decides_otherwise_is_refused_before_anything_is_written() {
        orchestrator.start("before");
        opened(atProvider);
        orchestrator.stop();
        SortedMap<String, String> states = orchestrator.store(Books.PAYMENTS);
        Bookkeeper other = new Bookkeeper(
                (state, event) -> {
                    throw new IllegalStateException("another decider");
                },
                Decider.DECIDER_VERSION);

        try (LedgerRebuild rebuild = new LedgerRebuild(orchestrator.kafka(), orchestrator.schemas(), other)) {
            assertThatThrownBy(rebuild::run)
                    .isInstanceOf(RebuildRefusedException.class)
                    .hasMessageContaining(atProvider.payment());
        }

        assertThat(orchestrator.store(Books.PAYMENTS)).isEqualTo(states);
    }

    @Test
    void after_a_crash_in_the_middle_nothing_starts_until_it_was_done_again() {
        orchestrator.start("before");
        opened(atProvider);
        orchestrator.stop();
        SortedMap<String, String> states = orchestrator.store(Books.PAYMENTS);
        orchestrator.deleteChangelogs();
        AtomicInteger decisions = new AtomicInteger();
        Bookkeeper dying = new Bookkeeper(
                (state, event) -> {
                    // The check decides twice, and the second pass dies at its last entry.
                    if (decisions.incrementAndGet() == 4) {
                        throw new IllegalStateException("killed");
                    }
                    return Decider.decide(state, event);
                },
                Decider.DECIDER_VERSION);
        try (LedgerRebuild rebuild = new LedgerRebuild(orchestrator.kafka(), orchestrator.schemas(), dying)) {
            assertThatThrownBy(rebuild::run).isInstanceOf(IllegalStateException.class);
        }
        try (OrchestratorService refused = orchestrator.service("after")) {
            assertThatThrownBy(refused::start).isInstanceOf(RebuildUnfinishedException.class);
        }

        rebuild();

        assertThat(orchestrator.store(Books.PAYMENTS)).isEqualTo(states);
        orchestrator.start("after");
        assertThat(orchestrator.read(Topics.CASHIER_COMMANDS)).hasSize(1);
    }

    private RebuildReport rebuild() {
        try (LedgerRebuild rebuild = new LedgerRebuild(orchestrator.kafka(), orchestrator.schemas())) {
            return rebuild.run();
        }
    }

    private void paymentsInManyStates() {
        orchestrator.send(Topics.BUYER_KEYS, untouched.payment(), untouched.key(Facts.KEY_ID));
        orchestrator.send(Topics.PAYMENT_EVENTS, untouched.payment(), untouched.checkout());
        awaitLedger(untouched, 1);
        opened(atProvider);
        opened(approved);
        orchestrator.send(
                Topics.PAYMENT_INTERNAL, approved.payment(), approved.after(60).approved());
        awaitLedger(approved, 3);
        opened(old);
        orchestrator.send(Topics.PAYMENT_INTERNAL, old.payment(), old.after(60).approved());
        await().atMost(OrchestratorOnBroker.LIMIT).until(() -> told(old).isPresent());
        orchestrator.send(
                Topics.PAYMENT_INTERNAL, old.payment(), delivered(told(old).orElseThrow()));
        awaitLedger(old, 4);
        orchestrator.send(Topics.PAYMENT_INTERNAL, old.payment(), sixtyDaysLater(old));
        await().atMost(OrchestratorOnBroker.LIMIT)
                .until(() -> kinds(orchestrator.store(Books.PAYMENTS)).contains(StateKind.RETIRED));
    }

    /** A payment whose provider page is open. */
    private void opened(Facts facts) {
        orchestrator.send(Topics.BUYER_KEYS, facts.payment(), facts.key(Facts.KEY_ID));
        orchestrator.send(Topics.PAYMENT_EVENTS, facts.payment(), facts.checkout());
        await().atMost(OrchestratorOnBroker.LIMIT).until(() -> command(facts).isPresent());
        orchestrator.send(
                Topics.CASHIER_RESULTS,
                facts.payment(),
                facts.after(1).pageOpened(command(facts).orElseThrow().getId()));
        awaitLedger(facts, 2);
    }

    private Optional<CashierCommand> command(Facts facts) {
        return orchestrator.read(Topics.CASHIER_COMMANDS).stream()
                .filter(command -> command.getPaymentId().equals(facts.payment()))
                .findFirst();
    }

    private Optional<NotificationRequest> told(Facts facts) {
        return orchestrator.read(Topics.NOTIFICATION_REQUESTS).stream()
                .filter(request -> request.getPaymentId().equals(facts.payment()))
                .findFirst();
    }

    private static InternalEvent delivered(NotificationRequest told) {
        return InternalEvent.newBuilder()
                .setId("ended-" + told.getId())
                .setPaymentId(told.getPaymentId())
                .setMerchantId(told.getMerchantId())
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(told.getOccurredAt())
                .setBody(new NotificationEnded(told.getId(), told.getStatus(), NotificationEnd.DELIVERED, 1, null))
                .build();
    }

    /** The timer that sends a payment into retirement, which the approval armed as its third event. */
    private static InternalEvent sixtyDaysLater(Facts facts) {
        return InternalEvent.newBuilder(
                        facts.after(Duration.ofDays(61).toSeconds()).approved())
                .setId("retires-" + facts.payment())
                .setBody(new TimerFired(TimerKind.RETIREMENT, 3L, 0))
                .build();
    }

    private void awaitLedger(Facts facts, int entries) {
        await().atMost(OrchestratorOnBroker.LIMIT)
                .untilAsserted(() -> assertThat(orchestrator.read(Topics.PAYMENT_LEDGER))
                        .extracting(LedgerEntry::getPaymentId)
                        .filteredOn(facts.payment()::equals)
                        .hasSizeGreaterThanOrEqualTo(entries));
    }

    /** Of everything that was decided and sent so far. */
    private List<String> commandIds() {
        return Stream.concat(
                        orchestrator.read(Topics.CASHIER_COMMANDS).stream().map(CashierCommand::getId),
                        orchestrator.read(Topics.NOTIFICATION_REQUESTS).stream().map(NotificationRequest::getId))
                .sorted()
                .toList();
    }

    private int entries(Facts facts) {
        return (int) orchestrator.read(Topics.PAYMENT_LEDGER).stream()
                .filter(entry -> entry.getPaymentId().equals(facts.payment()))
                .count();
    }

    private static List<StateKind> kinds(SortedMap<String, String> states) {
        Codec<PaymentStateRecord> codec = Codec.of(PaymentStateRecord.class);
        return states.values().stream()
                .map(value -> codec.decode(HexFormat.of().parseHex(value), WriterSchemas.compiledIn()))
                .map(StateCodec::toState)
                .map(state -> state.kind())
                .toList();
    }
}
