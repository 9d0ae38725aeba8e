package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.movingMoney;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.rejected;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test per cell of the answer table (payments, "Calling the Cashier") that is about what moves money at once. */
class RedemptionAnswerTest {

    private static final AnswerLost LOST = new AnswerLost("answer-lost", List.of());
    private static final NotSent NOT_SENT = new NotSent("connect");

    private static Scenario redeeming() {
        return story().checkout(form(plan(movingMoney("NEOSURF"), route("PAYONE"))));
    }

    @Test
    void an_unsent_redemption_is_made_again_and_never_at_another_provider() {
        Scenario story = redeeming().unsentAndMadeAgain(Limits.MAX_RETRIES);
        assertThat(story.calls()).hasSize(1 + Limits.MAX_RETRIES);

        story.answer(NOT_SENT);

        assertThat(story.calls()).allSatisfy(call -> assertThat(call.provider()).isEqualTo("NEOSURF"));
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16"})
    void an_unsent_redemption_waits_as_long_as_a_page_does(int failures, int seconds) {
        Scenario story = redeeming().unsentAndMadeAgain(failures - 1);

        story.answer(NOT_SENT);

        assertThat(story.decision().timers())
                .containsExactly(new TimerRequest(
                        TimerKind.CASHIER_RETRY, story.state().time().plusSeconds(seconds), 1));
    }

    @Test
    void an_invalid_redemption_is_refused() {
        Scenario story = redeeming().answer(rejected(RejectionCategory.VALIDATION));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void a_rejected_voucher_declines_its_attempt() {
        Scenario story = redeeming().answer(rejected(RejectionCategory.VOUCHER_REJECTED));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.DECLINED);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @ParameterizedTest
    @EnumSource(names = {"RULE_OR_CONFIGURATION_MISSING", "PSP_CREDENTIALS_INVALID"})
    void a_missing_configuration_refuses_a_redemption(RejectionCategory category) {
        Scenario story = redeeming().answer(rejected(category));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void a_redemption_on_hold_is_refused_after_ten_minutes() {
        Scenario story = redeeming().answer(rejected(RejectionCategory.ACCOUNT_AUTHENTICATION));
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.decision().timers())
                .containsExactly(
                        new TimerRequest(TimerKind.CASHIER_RETRY, Fixtures.START.plus(Duration.ofMinutes(10)), 1));

        story.fires(TimerKind.CASHIER_RETRY);

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void a_redemption_on_hold_is_made_when_its_account_is_released_in_time() {
        Scenario story = redeeming()
                .answer(rejected(RejectionCategory.ACCOUNT_AUTHENTICATION))
                .later(Duration.ofMinutes(9))
                .actAlone(new Act.AccountReleased(Fixtures.ACCOUNT));

        assertThat(story.calls()).hasSize(2);
        assertThat(story.calls().getLast().notAfter()).isEqualTo(story.now().plus(Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "INDETERMINATE"})
    void an_uncertain_redemption_is_reviewed_and_never_made_again(RejectionCategory category) {
        Scenario story = redeeming().answer(rejected(category));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.calls()).hasSize(1);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void a_lost_answer_of_a_redemption_is_reviewed_and_never_asked_for_again() {
        Scenario story = redeeming().answer(LOST);
        assertThat(story.decision().timers())
                .as("nothing will make the call again")
                .isEmpty();

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.dossier().openCases().getFirst().reason()).isEqualTo("moves-money-undecided");
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void a_redemption_that_people_counted_is_the_one_that_is_named_later() {
        Scenario story = redeeming().answer(LOST).decides(Act.ReviewDecision.ACCEPT);
        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);

        story.webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00", "CAD"));

        assertThat(story.reason()).isEqualTo(Reason.APPROVED_BEFORE);
        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).isEmpty();

        story.webhook(1, Fixtures.webhook(DECLINED, "tx-1", null, "CAD"));

        assertThat(story.openCases()).containsExactly(CaseKind.REVERSAL);
    }

    @Test
    void an_orphan_that_turns_out_to_be_the_redemption_that_people_counted_is_not_counted_again() {
        Scenario story = redeeming().answer(LOST).decides(Act.ReviewDecision.REFUND);

        story.act(new Act.OrphanAttached("orphan", Fixtures.webhook(APPROVED, "tx-1", "100.00", "CAD")));

        assertThat(story.reason()).isEqualTo(Reason.ORPHAN_ATTACHED_BEFORE);
        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).containsExactly(CaseKind.SURPLUS_PAYMENT);
    }

    @Test
    void money_that_people_counted_and_that_turns_out_to_be_less_opens_a_case() {
        Scenario story = redeeming().answer(LOST).decides(Act.ReviewDecision.ACCEPT);

        story.webhook(1, Fixtures.webhook(APPROVED, "tx-1", "80.00", "CAD"));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {NotExecuted.EXPIRED, "merchant-disabled"})
    void the_late_word_that_a_silent_redemption_was_not_made_ends_the_doubt_and_leaves_the_review_to_people(
            String why) {
        Scenario story = redeeming().fires(TimerKind.CASHIER_ANSWER);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);

        story.answer(new NotExecuted(why));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.calls()).hasSize(1);
        story.decides(Act.ReviewDecision.REJECT).checkout(form(plan(route("PAYONE"))));
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @Test
    void a_redemption_whose_answer_was_lost_stays_unknown_whatever_is_said_of_its_call_later() {
        Scenario story = redeeming().answer(LOST);

        story.answer(new NotExecuted(NotExecuted.EXPIRED));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
    }

    @Test
    void an_answer_may_be_the_outcome_itself() {
        Scenario approved =
                redeeming().answer(new AnsweredAtOnce(APPROVED, List.of("tx-1"), new BigDecimal("100.0000"), "CAD"));
        Scenario declined = redeeming().answer(new AnsweredAtOnce(DECLINED, List.of(), null, null));

        assertThat(approved.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(declined.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void an_answer_with_other_money_is_reviewed() {
        Scenario story =
                redeeming().answer(new AnsweredAtOnce(APPROVED, List.of("tx-1"), new BigDecimal("10.0000"), "CAD"));

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.told()).isEmpty();
    }
}
