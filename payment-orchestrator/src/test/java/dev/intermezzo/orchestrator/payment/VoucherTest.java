package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.choosing;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Fixtures.sealed;
import static dev.intermezzo.orchestrator.payment.Fixtures.sealedVoucher;
import static dev.intermezzo.orchestrator.payment.Fixtures.voucher;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A voucher is typed for one attempt, redeemed by at most one call, and tried three times for a payment. */
class VoucherTest {

    private static final String PROVIDER = "FLEXEPIN";
    private static final PaymentPlan ALONE = plan(voucher(PROVIDER));
    private static final PaymentPlan CHOICE = choosing(voucher(PROVIDER), route("PAYONE"));
    private static final Rejected REJECTED =
            new Rejected(RejectionCategory.VOUCHER_REJECTED, "VOUCHER_REJECTED", List.of());
    private static final NotSent NOT_SENT = new NotSent("connect");

    private static Scenario redeeming(int seed) {
        return story().checkout(form(ALONE)).types(null, sealedVoucher(seed), ALONE);
    }

    /** Declined so many times, each time after the buyer asked to try again. */
    private static Scenario declined(PaymentPlan plan, int times) {
        Scenario story = story().checkout(form(plan));
        for (int time = 1; time <= times; time++) {
            if (time > 1) {
                story.asksAgain(true, PROVIDER, plan);
            }
            story.types(PROVIDER, sealedVoucher(time), plan).answer(REJECTED);
        }
        return story;
    }

    @Test
    void an_attempt_waits_for_the_voucher_that_it_redeems() {
        Scenario story = story().checkout(form(ALONE));

        assertThat(story.kind()).isEqualTo(StateKind.AWAITING_BUYER);
        assertThat(story.reason()).isEqualTo(Reason.DETAILS_AWAITED);
        assertThat(story.view().missingFields()).containsExactly("voucherPin");
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void a_choice_without_the_voucher_leaves_the_attempt_waiting() {
        Scenario story = story().checkout(form(CHOICE)).chooses(PROVIDER, CHOICE);

        assertThat(story.kind()).isEqualTo(StateKind.AWAITING_BUYER);
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void the_call_is_given_the_voucher_after_the_buyers_details() {
        Scenario story = redeeming(7);

        assertThat(story.calls()).singleElement().satisfies(call -> {
            assertThat(call.kind()).isEqualTo(OperationKind.MOVES_MONEY);
            assertThat(call.buyer()).containsExactly(sealed(1), sealed(2), sealedVoucher(7));
        });
        assertThat(story.dossier().buyer()).containsExactly(sealed(1), sealed(2));
    }

    @Test
    void a_voucher_that_another_missing_detail_holds_up_is_not_kept() {
        PaymentPlan alsoPhone = plan(withPhone(voucher(PROVIDER)));
        Scenario story = story().checkout(form(alsoPhone)).types(null, sealedVoucher(1), alsoPhone);

        story.details(ALONE);

        assertThat(story.kind()).isEqualTo(StateKind.AWAITING_BUYER);
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void a_voucher_typed_beside_another_method_goes_nowhere() {
        Scenario story = story().checkout(form(CHOICE)).types("PAYONE", sealedVoucher(1), CHOICE);

        assertThat(story.calls().getLast().buyer()).doesNotContain(sealedVoucher(1));
        assertThat(story.attempt(1).voucher()).isNull();
    }

    @Test
    void after_a_rejection_the_buyer_may_type_another_voucher_or_choose_another_method() {
        Scenario story = declined(CHOICE, 1);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.DECLINED);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.view().methods()).containsExactly(PROVIDER, "PAYONE");

        Scenario another =
                declined(CHOICE, 1).asksAgain(true, PROVIDER, CHOICE).types(PROVIDER, sealedVoucher(2), CHOICE);
        story.asksAgain(true, "PAYONE", CHOICE);

        assertThat(another.calls().getLast().buyer()).contains(sealedVoucher(2)).doesNotContain(sealedVoucher(1));
        assertThat(story.calls().getLast().provider()).isEqualTo("PAYONE");
        assertThat(story.calls().getLast().buyer()).doesNotContain(sealedVoucher(1));
    }

    @Test
    void an_approval_makes_the_payment_approved_at_once() {
        Scenario story = redeeming(1).answer(approved());

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void a_lost_answer_is_reviewed_and_no_other_voucher_tried() {
        Scenario story = redeeming(1).answer(new AnswerLost("answer-not-final", List.of("session-1")));
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);

        story.types(PROVIDER, sealedVoucher(2), ALONE);

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.calls()).hasSize(1);
    }

    static Stream<CashierOutcome> endings() {
        return Stream.of(
                REJECTED,
                approved(),
                new AnsweredAtOnce(TransactionStatus.DECLINED, List.of("tx-1"), null, null),
                new AnsweredAtOnce(TransactionStatus.PENDING, List.of("tx-1"), null, null),
                new AnswerLost("lost", List.of()),
                new CashierOutcome.NotExecuted("merchant-disabled"),
                new Rejected(RejectionCategory.VALIDATION, "validation", List.of()),
                new Rejected(RejectionCategory.RATE_LIMITED, "rate", List.of()));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void whatever_ends_the_wait_for_an_answer_ends_the_voucher_too(CashierOutcome ending) {
        Scenario story = redeeming(1);
        assertThat(story.attempt(1).voucher()).isEqualTo(sealedVoucher(1));

        story.answer(ending);

        assertThat(story.attempt(1).voucher()).isNull();
    }

    @Test
    void a_call_that_was_not_sent_is_made_again_with_the_same_voucher() {
        Scenario story = redeeming(1).answer(NOT_SENT).fires(TimerKind.CASHIER_RETRY);

        assertThat(story.calls())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.buyer()).contains(sealedVoucher(1)));
    }

    @Test
    void a_call_on_hold_keeps_its_voucher_for_ten_minutes_and_no_longer() {
        Scenario story = redeeming(1).answer(new Rejected(RejectionCategory.ACCOUNT_AUTHENTICATION, "401", List.of()));
        assertThat(story.attempt(1).voucher()).isEqualTo(sealedVoucher(1));

        story.fires(TimerKind.CASHIER_RETRY);

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.attempt(1).voucher()).isNull();
    }

    @Test
    void after_three_vouchers_only_the_other_methods_are_offered() {
        Scenario story = declined(CHOICE, 3);
        assertThat(story.view().methods()).containsExactly("PAYONE");

        story.asksAgain(true, PROVIDER, CHOICE);

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.VOUCHER_TRIES_EXHAUSTED);
        assertThat(story.asksAgain(true, "PAYONE", CHOICE).kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @Test
    void after_three_vouchers_and_with_no_other_method_nothing_more_is_offered() {
        Scenario story = declined(ALONE, 3);

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.view().mayAskAgain()).isFalse();
        assertThat(story.reason().alert()).isFalse();
    }

    @Test
    void a_new_checkout_of_the_same_order_brings_no_new_tries() {
        Scenario story = declined(ALONE, 3).checkout(form(ALONE));

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.reason()).isEqualTo(Reason.VOUCHER_TRIES_EXHAUSTED);
        assertThat(story.calls()).hasSize(3);
    }

    @Test
    void a_voucher_that_may_not_be_tried_any_more_is_passed_over_with_that_reason() {
        Scenario story = declined(CHOICE, 3).asksAgain(true, null, CHOICE);

        assertThat(story.calls().getLast().provider()).isEqualTo("PAYONE");
        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        2,
                        "first-in-order",
                        "",
                        List.of(new RouteChoice.PassedOver(1, "voucher-tries-exhausted", List.of()))));
    }

    @Test
    void a_fallback_never_leads_to_a_voucher() {
        Scenario story = story().checkout(form(plan(route("PAYONE"), voucher(PROVIDER))))
                .answer(new Rejected(RejectionCategory.PSP_CREDENTIALS_INVALID, "credentials", List.of()));

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.calls()).hasSize(1);
    }

    private static AnsweredAtOnce approved() {
        return new AnsweredAtOnce(TransactionStatus.APPROVED, List.of("tx-1"), new BigDecimal("100.0000"), "CAD");
    }

    private static PlannedRoute withPhone(PlannedRoute route) {
        return new PlannedRoute(
                route.provider(),
                route.account(),
                route.kind(),
                true,
                List.of(),
                List.of("phone", PlannedRoute.VOUCHER),
                route.settings(),
                route.sessionLifetime(),
                route.lateWindow(),
                route.singleUsePage(),
                route.webhookCurrencyMayBeAbsent(),
                route.userIdPerAttempt());
    }
}
