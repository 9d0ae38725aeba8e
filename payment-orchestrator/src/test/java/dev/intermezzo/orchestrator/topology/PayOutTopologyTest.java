package dev.intermezzo.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.RefundState;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.Verdict;
import dev.intermezzo.schemas.avro.ViewRequested;
import dev.intermezzo.schemas.avro.ViewedRefund;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pay-out that belongs to no payment, from the act to what its merchant is shown. */
class PayOutTopologyTest {
    private static final String MERCHANT = "demo-shop";
    private static final String PAY_OUT = Ids.freePayOut(MERCHANT, "0123456789abcdef0123456789abcdef");
    private static final Instant AT = Facts.START;

    private OrchestratorHarness orchestrator = new OrchestratorHarness(new Bookkeeper());

    @AfterEach
    void close() {
        orchestrator.close();
    }

    @Test
    void an_act_of_two_persons_leads_to_an_entry_a_once_command_and_a_view() {
        act("act-1", "ben");

        CashierCommand command = only(orchestrator.values(Topics.ONCE_COMMANDS));
        assertThat(command.getId()).isEqualTo(PAY_OUT + "#1.1");
        assertThat(((PayOut) command.getBody()).getDestination()).isEqualTo(new DestinationRef("supplier", "r1"));
        assertThat(command.getBuyer()).isEmpty();
        assertThat(command.getBuyerKeys()).isEmpty();
        LedgerEntry entry = only(orchestrator.values(Topics.PAYMENT_LEDGER));
        assertThat(entry.getVerdict()).isEqualTo(Verdict.APPLIED);
        assertThat(entry.getSourceTopic()).isEqualTo("operator-acts");
        PaymentView view = only(orchestrator.values(Topics.PAYMENT_VIEWS));
        assertThat(view.getAnswers()).isEqualTo("act-1");
        assertThat(shown(view).getState()).isEqualTo(RefundState.REQUESTED);
        assertThat(shown(view).getDestination()).isEqualTo("supplier");
        assertThat(orchestrator.values(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void a_webhook_that_its_transaction_leads_here_pays_it_also_after_a_restart() {
        act("act-1", "ben");
        answered(only(orchestrator.values(Topics.ONCE_COMMANDS)));
        assertThat(orchestrator.records(Topics.WEBHOOK_INDEX))
                .extracting(TestRecord::key)
                .containsExactly(Ids.transactionKey("account", "tx-1"));
        orchestrator = orchestrator.restartedWith(new Bookkeeper());

        approved();

        assertThat(shown(orchestrator.values(Topics.PAYMENT_VIEWS).getLast()).getState())
                .isEqualTo(RefundState.PAID);
        assertThat(orchestrator.values(Topics.NOTIFICATION_REQUESTS)).isEmpty();
    }

    @Test
    void the_same_act_again_and_another_act_order_nothing_more() {
        act("act-1", "ben");
        act("act-1", "ben");
        act("act-2", "ben");

        assertThat(orchestrator.values(Topics.ONCE_COMMANDS)).hasSize(1);
        assertThat(orchestrator.values(Topics.PAYMENT_VIEWS).getLast().getAnswerCode())
                .isEqualTo("pay-out-repeated");
    }

    @Test
    void who_asks_for_a_pay_out_that_is_not_there_is_told_so_and_a_later_view_replaces_that_word() {
        asked("view-1");

        PaymentView none = only(orchestrator.values(Topics.PAYMENT_VIEWS));
        assertThat(none.getAnswers()).isEqualTo("view-1");
        assertThat(none.getPaymentId()).isEqualTo(PAY_OUT);
        assertThat(none.getMerchantId()).isEqualTo(MERCHANT);
        assertThat(none.getSequence()).isZero();
        assertThat(none.getMoney()).isNull();
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
        assertThat(orchestrator.values(Topics.DEAD_LETTERS)).isEmpty();

        act("act-1", "ben");
        asked("view-2");

        assertThat(orchestrator.values(Topics.PAYMENT_VIEWS)).hasSize(2).allSatisfy(view -> {
            assertThat(view.getSequence()).isEqualTo(1);
            assertThat(shown(view).getState()).isEqualTo(RefundState.REQUESTED);
        });
    }

    @Test
    void one_persons_act_begins_nothing_and_is_kept_for_a_person_to_see() {
        act("act-1", null);

        DeadLetter letter = only(orchestrator.values(Topics.DEAD_LETTERS));
        assertThat(letter.getCode()).isEqualTo("second-person-needed");
        assertThat(orchestrator.values(Topics.ONCE_COMMANDS)).isEmpty();
        assertThat(orchestrator.values(Topics.PAYMENT_LEDGER)).isEmpty();
    }

    @Test
    void a_call_whose_report_never_comes_ends_as_unknown_by_a_timer() {
        act("act-1", "ben");

        orchestrator.pass(Duration.ofMinutes(10));
        InternalEvent timer = only(orchestrator.values(Topics.PAYMENT_INTERNAL));
        orchestrator.send(timer);

        assertThat(shown(orchestrator.values(Topics.PAYMENT_VIEWS).getLast()).getState())
                .isEqualTo(RefundState.UNKNOWN);
    }

    private void act(String id, @Nullable String approver) {
        OperatorAct act = new OperatorAct(
                id,
                PAY_OUT,
                MERCHANT,
                Environment.SANDBOX,
                AT,
                "anna",
                approver,
                new RefundRequested(
                        "api-1",
                        new Money(new BigDecimal("40.0000"), "CAD"),
                        "PAYONE",
                        "account",
                        List.of(),
                        new DestinationRef("supplier", "r1")));
        orchestrator.send(Topics.OPERATOR_ACTS, PAY_OUT, act, new RecordHeaders());
    }

    private void asked(String id) {
        orchestrator.send(
                Topics.PAYMENT_EVENTS,
                PAY_OUT,
                new PaymentEvent(id, PAY_OUT, MERCHANT, Environment.SANDBOX, AT, new ViewRequested()),
                new RecordHeaders());
    }

    private void answered(CashierCommand command) {
        orchestrator.send(CashierResult.newBuilder()
                .setId(Ids.result(command.getId()))
                .setPaymentId(PAY_OUT)
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(AT.plusSeconds(1))
                .setCommandId(command.getId())
                .setAttempt(9)
                .setProvider("PAYONE")
                .setAccount("account")
                .setHttpStatus(200)
                .setDurationMillis(5)
                .setRawAnswer(null)
                .setBody(new AnsweredAtOnce(TransactionStatus.PENDING, List.of("tx-1"), null, null))
                .build());
    }

    private void approved() {
        WebhookFacts webhook = WebhookFacts.newBuilder()
                .setAccount("account")
                .setTransactionId("tx-1")
                .setRawStatus("Approved")
                .setStatus(TransactionStatus.APPROVED)
                .setAmount(new BigDecimal("40.0000"))
                .setShape(WebhookShape.YEAR_2026)
                .setBodyDigest(ByteBuffer.allocate(32))
                .build();
        orchestrator.send(InternalEvent.newBuilder()
                .setId("wh-1")
                .setPaymentId(PAY_OUT)
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(AT.plusSeconds(60))
                .setBody(new WebhookMatched(webhook, 9))
                .build());
    }

    private static ViewedRefund shown(PaymentView view) {
        return only(view.getMoney().getRefunds());
    }

    private static <T> T only(List<T> values) {
        assertThat(values).hasSize(1);
        return values.getFirst();
    }
}
