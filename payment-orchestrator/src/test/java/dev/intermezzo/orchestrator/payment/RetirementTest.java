package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.ACCOUNT;
import static dev.intermezzo.orchestrator.payment.Fixtures.cad;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a payment that was closed long ago, and what it can still do. */
class RetirementTest {

    private static Act refund(String id, String amount) {
        return new Act.RefundRequested(id, cad(amount), "PAYONE", ACCOUNT, List.of());
    }

    private static Scenario retired() {
        return retired(Scenario.approved());
    }

    private static Scenario retired(Scenario approved) {
        Scenario story = approved.ended(NotificationEnd.DELIVERED, null).fires(TimerKind.RETIREMENT);
        if (story.reason() == Reason.RETIREMENT_POSTPONED) {
            story.fires(TimerKind.RETIREMENT);
        }
        return story;
    }

    private static Retired stub(Scenario story) {
        return (Retired) story.state();
    }

    private static Scenario firesStub(Scenario story, TimerKind kind) {
        ArmedTimer timer = stub(story).timers().stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
        return story.fires(timer);
    }

    @Test
    void a_payment_retires_sixty_days_after_its_last_change_and_not_later() {
        Scenario story = Scenario.approved();
        story.later(Duration.ofSeconds(2)).ended(NotificationEnd.DELIVERED, null);
        var lastChange = story.now();

        story.fires(TimerKind.RETIREMENT);
        assertThat(story.reason()).isEqualTo(Reason.RETIREMENT_POSTPONED);
        story.fires(TimerKind.RETIREMENT);

        assertThat(story.reason()).isEqualTo(Reason.RETIRED);
        assertThat(story.now()).isEqualTo(lastChange.plus(Duration.ofDays(60)));
    }

    @Test
    void a_stub_refunds_what_is_left_of_its_money_and_no_more() {
        Scenario story = retired();

        assertThat(story.act(refund("r-1", "100.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
        assertThat(story.act(refund("r-2", "60.00")).reason()).isEqualTo(Reason.REFUND_REQUESTED);
        story.payOutAnswer(new AnsweredAtOnce(APPROVED, List.of("po-1"), null, null));

        assertThat(story.reason()).isEqualTo(Reason.REFUND_PAID);
        assertThat(story.kind()).isEqualTo(StateKind.RETIRED);
        assertThat(story.act(refund("r-2", "1.00")).reason()).isEqualTo(Reason.REFUND_REPEATED);
        assertThat(story.act(refund("r-3", "40.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
        assertThat(story.act(refund("r-4", "40.00")).reason()).isEqualTo(Reason.REFUND_REQUESTED);
        assertThat(story.payOuts()).extracting(Command.PayOut::amount).containsExactly(cad("60.00"), cad("40.00"));
    }

    @Test
    void refunds_from_before_count_and_their_numbers_are_not_used_again() {
        Scenario story = retired(Scenario.approved()
                .act(refund("r-1", "70.00"))
                .payOutAnswer(new AnsweredAtOnce(APPROVED, List.of("po-1"), null, null)));

        assertThat(stub(story).refunded()).isEqualTo(cad("70.00"));
        assertThat(story.act(refund("r-2", "30.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
        assertThat(story.act(refund("r-3", "30.00")).reason()).isEqualTo(Reason.REFUND_REQUESTED);
        assertThat(story.payOuts()).extracting(Command.PayOut::attempt).containsExactly(9, 10);
    }

    @Test
    void a_refund_from_a_stub_needs_two_persons() {
        Scenario story = retired().actAlone(refund("r-1", "10.00"));

        assertThat(story.reason()).isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(story.payOuts()).isEmpty();
    }

    @Test
    void a_refund_made_at_the_provider_is_recorded_on_the_stub() {
        Scenario story = retired().act(new Act.RefundRecorded("r-1", cad("100.00"), "made by hand"));

        assertThat(story.reason()).isEqualTo(Reason.REFUND_RECORDED);
        assertThat(story.act(refund("r-2", "0.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
    }

    @Test
    void a_payment_that_was_not_paid_has_nothing_to_refund() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(TransactionStatus.DECLINED, "tx-1", null)
                .givesUp()
                .ended(NotificationEnd.DELIVERED, null)
                .fires(TimerKind.RETIREMENT);
        assertThat(story.kind()).isEqualTo(StateKind.RETIRED);

        assertThat(story.act(refund("r-1", "0.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
        assertThat(story.checkout(form(plan(route("PAYONE")))).reason()).isEqualTo(Reason.PAYMENT_RETIRED);
    }

    @Test
    void a_pay_out_from_a_stub_is_sent_again_only_when_it_was_not_sent() {
        Scenario story = retired().act(refund("r-1", "10.00")).payOutAnswer(new NotSent("connect"));

        firesStub(story, TimerKind.CASHIER_RETRY);
        story.payOutAnswer(new AnswerLost("lost", List.of()));

        assertThat(story.payOuts()).hasSize(2);
        assertThat(stub(story).refunds().getFirst().status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(stub(story).cases()).extracting(Case::kind).containsExactly(CaseKind.UNDER_REVIEW);
        assertThat(story.act(refund("r-2", "90.01")).reason()).isEqualTo(Reason.REFUND_EXCEEDS_APPROVED);
    }

    @Test
    void silence_after_a_pay_out_is_an_unknown_outcome_for_a_stub_as_well() {
        Scenario story = retired().act(refund("r-1", "10.00"));

        firesStub(story, TimerKind.CASHIER_ANSWER);

        assertThat(stub(story).refunds().getFirst().status()).isEqualTo(RefundStatus.UNKNOWN);
    }

    @Test
    void a_stub_that_was_quiet_for_400_days_keeps_only_its_place_in_the_ledger() {
        Scenario story = retired();
        Retired before = stub(story);

        firesStub(story, TimerKind.RETIREMENT);

        Retired bare = stub(story);
        assertThat(story.reason()).isEqualTo(Reason.STUB_EXPIRED);
        assertThat(Duration.between(before.time(), bare.time())).isEqualTo(Duration.ofDays(400));
        assertThat(bare.expired()).isTrue();
        assertThat(bare.transactionIds()).isEmpty();
        assertThat(bare.provider() + bare.account()).isEmpty();
        assertThat(bare.timers()).isEmpty();
        assertThat(bare.sequence()).isEqualTo(before.sequence() + 1);
    }

    @Test
    void a_late_event_gives_a_stub_its_time_anew() {
        Scenario story = retired();
        story.later(Duration.ofDays(100)).checkout(form(plan(route("PAYONE"))));

        firesStub(story, TimerKind.RETIREMENT);

        assertThat(story.reason()).isEqualTo(Reason.RETIREMENT_POSTPONED);
        assertThat(stub(story).timers())
                .singleElement()
                .satisfies(
                        timer -> assertThat(timer.due()).isEqualTo(story.now().plus(Duration.ofDays(100))));
        firesStub(story, TimerKind.RETIREMENT);
        assertThat(story.reason()).isEqualTo(Reason.STUB_EXPIRED);
    }

    @Test
    void a_stub_with_an_open_case_does_not_expire() {
        Scenario story = retired();
        story.webhook(1, Fixtures.webhook(APPROVED, "tx-9", "100.00"));

        firesStub(story, TimerKind.RETIREMENT);

        assertThat(story.reason()).isEqualTo(Reason.RETIREMENT_POSTPONED);
        assertThat(stub(story).expired()).isFalse();
    }

    @Test
    void a_checkout_older_than_the_stub_is_held_and_never_opened() {
        Scenario story = firesStub(retired(), TimerKind.RETIREMENT);
        int calls = story.calls().size();

        story.later(Duration.ofDays(30)).checkout(form(plan(route("PAYONE"))));

        assertThat(story.reason()).isEqualTo(Reason.CHECKOUT_AFTER_EXPIRY);
        assertThat(story.verdict()).isEqualTo(Verdict.APPLIED);
        assertThat(story.calls()).hasSize(calls);
        assertThat(stub(story).cases()).singleElement().satisfies(held -> {
            assertThat(held.kind()).isEqualTo(CaseKind.UNDER_REVIEW);
            assertThat(held.received()).isEqualTo(cad("100.00"));
        });
        story.checkout(form(cad("1.00"), "key-a", plan(route("PAYONE"))));
        assertThat(story.calls()).hasSize(calls);
        assertThat(story.act(refund("r-1", "10.00")).reason()).isEqualTo(Reason.PAYMENT_RETIRED);
        assertThat(story.act(new Act.CaseResolved(stub(story).cases().getFirst().id(), "agreed"))
                        .reason())
                .isEqualTo(Reason.CASE_RESOLVED);
    }

    @Test
    void money_for_an_expired_stub_opens_a_case() {
        Scenario story = firesStub(retired(), TimerKind.RETIREMENT);

        story.webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00"));

        assertThat(stub(story).cases()).extracting(Case::kind).containsExactly(CaseKind.ORPHAN_PAYMENT);
    }
}
