package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.ACCOUNT;
import static dev.intermezzo.orchestrator.payment.Fixtures.cad;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pay-outs that belong to no payment (payments §8): they begin under an id of their own and end as a refund does. */
class PayOutTest {

    private static final Destination SUPPLIER = new Destination("supplier", "r1");

    private static Act payOut(String amount) {
        return new Act.PayOutRequested("api-1", cad(amount), "PAYONE", ACCOUNT, SUPPLIER);
    }

    private static Scenario requested() {
        return Scenario.ofPayOut().act(payOut("40.00"));
    }

    private static Scenario pending() {
        return requested().payOutAnswer(new AnsweredAtOnce(PENDING, List.of("po-1"), null, null));
    }

    private static FreePayOut state(Scenario story) {
        return (FreePayOut) story.state();
    }

    private static RefundStatus status(Scenario story) {
        return state(story).payOut().status();
    }

    private static Scenario fires(Scenario story, TimerKind kind) {
        return story.fires(state(story).timers().stream()
                .filter(timer -> timer.kind() == kind)
                .findFirst()
                .orElseThrow());
    }

    @Test
    void two_persons_pay_a_destination_once() {
        Scenario story = requested();

        assertThat(story.kind()).isEqualTo(StateKind.PAY_OUT);
        assertThat(story.reason()).isEqualTo(Reason.PAY_OUT_REQUESTED);
        assertThat(story.payOuts()).singleElement().satisfies(command -> {
            assertThat(command.amount()).isEqualTo(cad("40.00"));
            assertThat(command.attempt()).isEqualTo(9);
            assertThat(command.destination()).isEqualTo(SUPPLIER);
            assertThat(command.buyer()).isEmpty();
            assertThat(command.reason()).isEqualTo("pay-out api-1");
            assertThat(command.notAfter()).isEqualTo(Fixtures.START.plusSeconds(120));
        });
    }

    @Test
    void one_person_is_not_enough_and_leaves_nothing_behind() {
        Scenario alone = Scenario.ofPayOut().actAlone(payOut("40.00"));

        assertThat(alone.reason()).isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(alone.stateOrNull()).isNull();
        assertThat(alone.payOuts()).isEmpty();
    }

    @Test
    void neither_nothing_nor_another_merchants_id_is_paid() {
        assertThat(Scenario.ofPayOut().act(payOut("0.00")).reason()).isEqualTo(Reason.PAY_OUT_INVALID);
        assertThat(Scenario.ofPayOut().act(payOut("-1.00")).stateOrNull()).isNull();

        Scenario foreign = Scenario.story().act(payOut("40.00"));

        assertThat(foreign.reason()).isEqualTo(Reason.PAY_OUT_INVALID);
        assertThat(foreign.payOuts()).isEmpty();
    }

    @Test
    void a_payment_takes_no_pay_out_and_a_pay_out_no_refund() {
        assertThat(Scenario.approved().act(payOut("40.00")).reason()).isEqualTo(Reason.NOT_A_PAY_OUT);

        Scenario story = pending();
        story.act(new Act.RefundRequested("r-1", cad("1.00"), "PAYONE", ACCOUNT, List.of()));

        assertThat(story.reason()).isEqualTo(Reason.NOT_A_PAYMENT);
        assertThat(story.payOuts()).hasSize(1);
    }

    @Test
    void another_request_for_the_same_pay_out_is_refused_whatever_has_become_of_it() {
        Scenario refused = requested().payOutAnswer(new NotExecuted("destination-too-new"));

        assertThat(refused.act(payOut("40.00")).reason()).isEqualTo(Reason.PAY_OUT_REPEATED);
        assertThat(requested().act(payOut("41.00")).reason()).isEqualTo(Reason.PAY_OUT_REPEATED);
        assertThat(refused.payOuts()).hasSize(1);
    }

    @Test
    void accepted_or_on_hold_is_pending_and_only_a_webhook_makes_it_paid() {
        Scenario story = pending();
        assertThat(status(story)).isEqualTo(RefundStatus.PENDING);
        assertThat(story.commands(Command.IndexTransaction.class))
                .singleElement()
                .satisfies(index -> {
                    assertThat(index.transactionId()).isEqualTo("po-1");
                    assertThat(index.head().paymentId()).isEqualTo(Fixtures.PAY_OUT);
                    assertThat(index.attempt()).isEqualTo(9);
                });

        story.webhook(9, Fixtures.webhook(APPROVED, "po-1", "40.00"));

        assertThat(status(story)).isEqualTo(RefundStatus.PAID);
        assertThat(state(story).timers()).isEmpty();
        assertThat(story.told()).as("there is no order").isEmpty();
    }

    @Test
    void a_declined_one_was_not_paid() {
        Scenario story = pending().webhook(9, Fixtures.webhook(DECLINED, "po-1", "40.00"));

        assertThat(status(story)).isEqualTo(RefundStatus.REFUSED);
    }

    @Test
    void a_webhook_with_other_money_or_of_another_provider_decides_nothing() {
        Scenario story = pending();

        story.webhook(9, Fixtures.webhook(APPROVED, "po-1", "39.99"));

        assertThat(status(story)).isEqualTo(RefundStatus.PENDING);
        assertThat(state(story).cases())
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.reason()).isEqualTo(Reason.MONEY_LESS.code()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"destination-changed", "pay-out-destination-limit", "merchant-disabled"})
    void what_the_executor_would_not_do_was_certainly_not_done(String code) {
        Scenario story = requested().payOutAnswer(new NotExecuted(code));

        assertThat(status(story)).isEqualTo(RefundStatus.REFUSED);
        assertThat(state(story).payOut().lastCode()).isEqualTo(code);
    }

    @Test
    void a_lost_answer_is_unknown_for_a_person_to_find_out_and_never_asked_for_again() {
        Scenario story = requested().payOutAnswer(new AnswerLost("lost", List.of()));

        assertThat(status(story)).isEqualTo(RefundStatus.UNKNOWN);
        Case open = state(story).cases().getFirst();
        assertThat(open.kind()).isEqualTo(CaseKind.UNDER_REVIEW);
        assertThat(story.actAlone(new Act.CaseResolved(open.id(), "paid, says the back office"))
                        .reason())
                .isEqualTo(Reason.SECOND_PERSON_NEEDED);
        story.act(new Act.CaseResolved(open.id(), "paid, says the back office"));
        assertThat(state(story).cases()).noneMatch(Case::open);
        assertThat(story.payOuts()).hasSize(1);
    }

    @Test
    void a_webhook_ends_the_doubt_of_a_lost_answer() {
        Scenario story = requested().payOutAnswer(new AnswerLost("lost", List.of()));

        story.webhook(9, Fixtures.webhook(APPROVED, "po-7", "40.00"));

        assertThat(status(story)).isEqualTo(RefundStatus.PAID);
        assertThat(state(story).cases()).noneMatch(Case::open);
    }

    @Test
    void silence_after_a_claim_is_unknown() {
        Scenario story = requested();
        story.take(new Fact.ExecutionStarted(story.payOuts().getFirst().id(), 9));
        assertThat(status(story)).isEqualTo(RefundStatus.CLAIMED);

        fires(story, TimerKind.CASHIER_ANSWER);

        assertThat(status(story)).isEqualTo(RefundStatus.UNKNOWN);
    }

    @Test
    void only_one_that_was_not_sent_is_sent_again_and_to_the_same_destination() {
        Scenario story = requested().payOutAnswer(new NotSent("connect"));

        fires(story, TimerKind.CASHIER_RETRY);

        assertThat(story.payOuts())
                .hasSize(2)
                .extracting(Command.PayOut::destination)
                .containsOnly(SUPPLIER);
        assertThat(story.payOuts()).extracting(Command.PayOut::provider).containsOnly("PAYONE");
    }

    @ParameterizedTest
    @EnumSource(
            value = RejectionCategory.class,
            names = {"VALIDATION", "RULE_OR_CONFIGURATION_MISSING", "PSP_CREDENTIALS_INVALID"})
    void what_the_cashier_would_not_do_is_refused_and_never_tried_elsewhere(RejectionCategory category) {
        Scenario story = requested().payOutAnswer(new Rejected(category, "code", List.of()));

        assertThat(status(story)).isEqualTo(RefundStatus.REFUSED);
        assertThat(story.payOuts()).hasSize(1);
    }

    @Test
    void a_released_account_lets_it_go_on() {
        Scenario story = requested()
                .payOutAnswer(new Rejected(RejectionCategory.ACCOUNT_AUTHENTICATION, "401", List.of()))
                .actAlone(new Act.AccountReleased(ACCOUNT));

        assertThat(story.payOuts()).hasSize(2);
    }

    @Test
    void a_checkout_under_its_id_is_refused() {
        Scenario story = pending().checkout(Fixtures.form(Fixtures.plan(Fixtures.route("PAYONE"))));

        assertThat(story.reason()).isEqualTo(Reason.NOT_A_PAYMENT);
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void another_environment_or_merchant_has_no_effect() {
        Scenario story = pending();
        Fact webhook = new Fact.WebhookReceived(
                Fact.WebhookOrigin.TRANSACTION, Fixtures.webhook(APPROVED, "po-1", "40.00"), 9);

        story.take(new Event("other", Fixtures.PAY_OUT, "other-shop", Environment.SANDBOX, story.now(), webhook));
        assertThat(story.reason()).isEqualTo(Reason.OTHER_MERCHANT);
        story.take(
                new Event("live", Fixtures.PAY_OUT, Fixtures.MERCHANT, Environment.PRODUCTION, story.now(), webhook));

        assertThat(story.reason()).isEqualTo(Reason.OTHER_ENVIRONMENT);
        assertThat(status(story)).isEqualTo(RefundStatus.PENDING);
    }
}
