package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.ACCOUNT;
import static dev.intermezzo.orchestrator.payment.Fixtures.cad;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pay-outs and refunds (payments §8), and the reviews that lead to them. */
class RefundTest {

    private static Act refund(String id, String amount) {
        return new Act.RefundRequested(id, cad(amount), "PAYONE", ACCOUNT, List.of());
    }

    private static Scenario refunding() {
        return Scenario.approved().act(refund("r-1", "40.00"));
    }

    private static RefundStatus status(Scenario story) {
        return story.dossier().refunds().getFirst().status();
    }

    @Test
    void two_persons_send_money_back_at_most_once() {
        Scenario story = refunding();

        assertThat(story.payOuts()).singleElement().satisfies(payOut -> {
            assertThat(payOut.amount()).isEqualTo(cad("40.00"));
            assertThat(payOut.attempt()).isEqualTo(9);
            assertThat(payOut.notAfter()).isEqualTo(Fixtures.START.plusSeconds(120));
        });
        assertThat(story.act(refund("r-1", "40.00")).reason()).isEqualTo(Reason.REFUND_REPEATED);
        assertThat(story.payOuts()).hasSize(1);
    }

    @Test
    void one_person_is_not_enough() {
        Scenario story = Scenario.approved().actAlone(refund("r-1", "40.00"));
        assertThat(story.reason()).isEqualTo(Reason.SECOND_PERSON_NEEDED);

        story.take(new Fact.OperatorActed("olga", "olga", refund("r-1", "40.00")));

        assertThat(story.reason()).isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(story.payOuts()).isEmpty();
    }

    @Test
    void the_sum_never_passes_what_was_approved() {
        assertThat(Scenario.approved().act(refund("r-1", "100.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
        assertThat(refunding()
                        .payOutAnswer(new AnsweredAtOnce(APPROVED, List.of("po-1"), null, null))
                        .act(refund("r-2", "60.01"))
                        .reason())
                .isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
    }

    @Test
    void an_unknown_outcome_counts_as_spent_and_is_not_tried_again() {
        Scenario story = refunding().payOutAnswer(new AnswerLost("lost", List.of()));

        assertThat(status(story)).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
        assertThat(story.payOuts()).hasSize(1);
        assertThat(story.act(refund("r-2", "60.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
    }

    @Test
    void while_one_refund_is_on_its_way_no_other_begins() {
        Scenario story = refunding();

        assertThat(story.act(refund("r-2", "1.00")).reason()).isEqualTo(Reason.REFUND_IN_FLIGHT);
        assertThat(story.payOuts()).hasSize(1);
    }

    @Test
    void the_shop_is_told_nothing_about_a_refund() {
        Scenario story = refunding()
                .payOutAnswer(new AnsweredAtOnce(PENDING, List.of("po-1"), null, null))
                .webhook(9, Fixtures.webhook(APPROVED, "po-1", "40.00"));

        assertThat(status(story)).isEqualTo(RefundStatus.PAID);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void a_webhook_of_another_account_or_provider_decides_no_refund() {
        Scenario story = refunding().payOutAnswer(new AnsweredAtOnce(PENDING, List.of("po-1"), null, null));

        story.webhook(
                9, Fixtures.webhook("other-account", APPROVED, "po-1", "40.00", "CAD", null, WebhookShape.YEAR_2026));
        assertThat(story.reason()).isEqualTo(Reason.WEBHOOK_OF_OTHER_ACCOUNT);
        story.webhook(
                9, Fixtures.webhook(ACCOUNT, APPROVED, "po-1", "40.00", "CAD", "TRUST_PAYOUT", WebhookShape.YEAR_2026));

        assertThat(story.reason()).isEqualTo(Reason.WEBHOOK_OF_OTHER_PROVIDER);
        assertThat(status(story)).isEqualTo(RefundStatus.PENDING);
    }

    @Test
    void a_webhook_decides_an_unknown_refund() {
        Scenario story = refunding()
                .payOutAnswer(new AnswerLost("lost", List.of("po-1")))
                .webhook(9, Fixtures.webhook(APPROVED, "po-1", "40.00"));

        assertThat(status(story)).isEqualTo(RefundStatus.PAID);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void silence_after_a_claim_is_unknown() {
        Scenario story = refunding();
        story.take(new Fact.ExecutionStarted(story.payOuts().getFirst().id(), 9));
        assertThat(status(story)).isEqualTo(RefundStatus.CLAIMED);

        story.fires(TimerKind.CASHIER_ANSWER);

        assertThat(status(story)).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(story.payOuts()).hasSize(1);
    }

    @Test
    void a_second_claim_of_one_command_raises_an_alarm() {
        Scenario story = refunding();
        String command = story.payOuts().getFirst().id();
        story.take(new Fact.ExecutionStarted(command, 9)).take(new Fact.ExecutionStarted(command, 9));

        assertThat(story.reason()).isEqualTo(Reason.EXECUTION_STARTED_AGAIN);
        assertThat(story.reason().alert()).isTrue();
    }

    @Test
    void a_claim_that_is_heard_of_after_its_answer_is_no_alarm_and_changes_nothing_but_a_second_one_is() {
        Scenario story = refunding();
        String command = story.payOuts().getFirst().id();
        story.payOutAnswer(new AnsweredAtOnce(PENDING, List.of("po-1"), null, null))
                .take(new Fact.ExecutionStarted(command, 9));

        assertThat(story.reason()).isEqualTo(Reason.EXECUTION_STARTED);
        assertThat(status(story)).isEqualTo(RefundStatus.PENDING);

        story.take(new Fact.ExecutionStarted(command, 9));

        assertThat(story.reason()).isEqualTo(Reason.EXECUTION_STARTED_AGAIN);
    }

    @Test
    void a_claim_that_is_heard_of_after_nothing_was_sent_does_not_keep_it_from_being_sent_again() {
        Scenario story = refunding();
        String first = story.payOuts().getFirst().id();
        story.payOutAnswer(new NotSent("connect"))
                .take(new Fact.ExecutionStarted(first, 9))
                .fires(TimerKind.CASHIER_RETRY);
        assertThat(story.payOuts()).hasSize(2);

        story.take(new Fact.ExecutionStarted(first, 9));
        assertThat(story.reason()).isEqualTo(Reason.EXECUTION_STARTED);
        story.take(new Fact.ExecutionStarted(story.payOuts().getLast().id(), 9));

        assertThat(story.reason()).isEqualTo(Reason.EXECUTION_STARTED);
        assertThat(status(story)).isEqualTo(RefundStatus.CLAIMED);
    }

    @Test
    void what_was_certainly_not_sent_is_sent_again_under_a_new_id() {
        Scenario story = refunding().payOutAnswer(new NotSent("connect")).fires(TimerKind.CASHIER_RETRY);

        assertThat(story.payOuts()).extracting(Command::id).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16"})
    void a_pay_out_that_was_not_sent_waits_twice_as_long_each_time(int failures, int seconds) {
        Scenario story = refunding();
        for (int failure = 1; failure < failures; failure++) {
            story.payOutAnswer(new NotSent("connect")).fires(TimerKind.CASHIER_RETRY);
        }

        story.payOutAnswer(new NotSent("connect"));

        assertThat(story.decision().timers())
                .containsExactly(new TimerRequest(
                        TimerKind.CASHIER_RETRY, story.state().time().plusSeconds(seconds), 9));
        assertThat(story.fires(TimerKind.CASHIER_RETRY).payOuts()).hasSize(failures + 1);
    }

    @Test
    void a_pay_out_that_never_comes_through_is_refused_and_not_spent() {
        Scenario story = refunding();
        for (int failure = 1; failure <= Limits.MAX_RETRIES; failure++) {
            story.payOutAnswer(new NotSent("connect")).fires(TimerKind.CASHIER_RETRY);
        }

        story.payOutAnswer(new NotSent("connect"));

        assertThat(status(story)).isEqualTo(RefundStatus.REFUSED);
        assertThat(story.decision().timers()).isEmpty();
        assertThat(story.act(refund("r-2", "100.00")).reason()).isEqualTo(Reason.REFUND_REQUESTED);
    }

    @Test
    void a_refused_refund_is_not_spent() {
        Scenario story = refunding()
                .payOutAnswer(new Rejected(RejectionCategory.VALIDATION, "bad-request", List.of()))
                .act(refund("r-2", "100.00"));

        assertThat(status(story)).isEqualTo(RefundStatus.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.REFUND_REQUESTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATION", "VOUCHER_REJECTED", "RULE_OR_CONFIGURATION_MISSING", "PSP_CREDENTIALS_INVALID"})
    void a_pay_out_that_the_cashier_would_not_make_is_refused_and_not_made_elsewhere(RejectionCategory category) {
        Scenario story = refunding().payOutAnswer(new Rejected(category, "code", List.of()));

        assertThat(status(story)).isEqualTo(RefundStatus.REFUSED);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.decision().timers()).isEmpty();
        assertThat(story.payOuts()).hasSize(1);
        assertThat(story.openCases()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "INDETERMINATE"})
    void an_uncertain_pay_out_is_reviewed_and_never_made_again(RejectionCategory category) {
        Scenario story = refunding().payOutAnswer(new Rejected(category, "code", List.of()));

        assertThat(status(story)).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(story.payOuts()).hasSize(1);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
    }

    @Test
    void a_refund_that_was_not_executed_is_refused() {
        assertThat(status(refunding().payOutAnswer(new NotExecuted("merchant-disabled"))))
                .isEqualTo(RefundStatus.REFUSED);
    }

    @Test
    void a_refund_on_hold_is_made_on_release_or_refused_after_ten_minutes() {
        Rejected unauthorised = new Rejected(RejectionCategory.ACCOUNT_AUTHENTICATION, "401", List.of());
        Scenario held = refunding().payOutAnswer(unauthorised);
        assertThat(held.reason().alert()).isTrue();
        assertThat(held.decision().timers())
                .containsExactly(new TimerRequest(
                        TimerKind.CASHIER_RETRY, held.state().time().plus(Duration.ofMinutes(10)), 9));

        assertThat(refunding()
                        .payOutAnswer(unauthorised)
                        .actAlone(new Act.AccountReleased(ACCOUNT))
                        .payOuts())
                .hasSize(2);
        assertThat(status(refunding().payOutAnswer(unauthorised).fires(TimerKind.CASHIER_RETRY)))
                .isEqualTo(RefundStatus.REFUSED);
    }

    @Test
    void a_pending_refund_is_paid_or_refused_by_its_webhook() {
        AnsweredAtOnce pending = new AnsweredAtOnce(PENDING, List.of("po-1"), null, null);

        assertThat(status(refunding().payOutAnswer(pending).webhook(9, Fixtures.webhook(APPROVED, "po-1", "40.00"))))
                .isEqualTo(RefundStatus.PAID);
        assertThat(status(refunding().payOutAnswer(pending).webhook(9, Fixtures.webhook(DECLINED, "po-1", null))))
                .isEqualTo(RefundStatus.REFUSED);
    }

    @Test
    void a_refund_of_other_money_is_looked_at() {
        Scenario story = refunding()
                .payOutAnswer(new AnsweredAtOnce(PENDING, List.of("po-1"), null, null))
                .webhook(9, Fixtures.webhook(APPROVED, "po-1", "41.00"));

        assertThat(status(story)).isEqualTo(RefundStatus.PENDING);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
    }

    @Test
    void a_refund_made_at_the_provider_is_recorded_and_nothing_is_paid_out() {
        Scenario story = Scenario.approved();

        story.act(new Act.RefundRecorded("r-1", cad("40.00"), "made in the provider's portal"));

        assertThat(status(story)).isEqualTo(RefundStatus.PAID);
        assertThat(story.payOuts()).isEmpty();
    }

    @Test
    void a_refunded_surplus_closes_its_case() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .asksAgain(true, plan(route("PAYONE")))
                .pageOpened("tx-2")
                .webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00"))
                .webhook(2, Fixtures.webhook(APPROVED, "tx-2", "100.00"))
                .act(refund("r-1", "100.00"))
                .payOutAnswer(new AnsweredAtOnce(APPROVED, List.of("po-1"), null, null));

        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void reviewed_money_is_accepted_and_told_by_two_persons() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(APPROVED, "tx-1", "90.00");
        assertThat(story.actAlone(new Act.ReviewDecided(Act.ReviewDecision.ACCEPT, "", ""))
                        .reason())
                .isEqualTo(Reason.SECOND_PERSON_NEEDED);

        story.decides(Act.ReviewDecision.ACCEPT);

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.dossier().approvedSum()).isEqualTo(cad("90.00"));
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void reviewed_money_that_goes_back_stays_a_surplus_until_it_went() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(APPROVED, "tx-1", "90.00")
                .decides(Act.ReviewDecision.REFUND);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.openCases()).containsExactly(CaseKind.SURPLUS_PAYMENT);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);

        story.act(refund("r-1", "90.00")).payOutAnswer(new AnsweredAtOnce(APPROVED, List.of("po-1"), null, null));

        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void rejected_money_leaves_the_order_unpaid() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(APPROVED, "tx-1", "90.00")
                .decides(Act.ReviewDecision.REJECT);

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
    }

    @Test
    void a_review_is_left_by_a_decision_only() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(APPROVED, "tx-1", "90.00");
        String open = story.dossier().openCases().getFirst().id();

        assertThat(story.act(new Act.CaseResolved(open, "")).reason()).isEqualTo(Reason.REVIEW_NEEDS_DECISION);
        assertThat(story.act(new Act.CaseResolved("no-such-case", "")).reason()).isEqualTo(Reason.CASE_UNKNOWN);
        assertThat(Scenario.approved().decides(Act.ReviewDecision.ACCEPT).reason())
                .isEqualTo(Reason.NOT_UNDER_REVIEW);
    }

    @Test
    void a_case_is_closed_by_agreement_once() {
        Scenario story = Scenario.approved().webhook(DECLINED, "tx-1", null);
        String open = story.dossier().openCases().getFirst().id();

        assertThat(story.act(new Act.CaseResolved(open, "the provider erred")).openCases())
                .isEmpty();
        assertThat(story.act(new Act.CaseResolved(open, "again")).reason()).isEqualTo(Reason.CASE_RESOLVED_BEFORE);
    }

    @Test
    void a_doubt_about_a_refund_does_not_keep_a_payment_under_review() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(APPROVED, "tx-1", "90.00")
                .decides(Act.ReviewDecision.REFUND)
                .act(refund("r-1", "90.00"))
                .payOutAnswer(new AnswerLost("lost", List.of()))
                .webhook(1, Fixtures.webhook(APPROVED, "tx-2", "80.00"));
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);

        story.decides(Act.ReviewDecision.REJECT);

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.dossier().openCases()).extracting(Case::reason).contains("refund-unknown");
    }
}
