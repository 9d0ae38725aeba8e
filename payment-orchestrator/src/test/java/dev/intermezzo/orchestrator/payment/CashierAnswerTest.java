package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.rejected;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One test per cell of the answer table (payments, "Calling the Cashier") that is about a page; about redemptions is
 * {@link RedemptionAnswerTest}.
 */
class CashierAnswerTest {
    private static final AnswerLost LOST = new AnswerLost("answer-lost", List.of());
    private static final NotSent NOT_SENT = new NotSent("connect");

    private static Scenario opening() {
        return story().checkout(form(plan(route("PAYONE"))));
    }

    private static Scenario openingOfTwo() {
        return story().checkout(form(plan(route("PAYONE"), route("CLEO"))));
    }

    @Test
    void an_opened_page_is_shown_and_every_name_of_its_transaction_indexed() {
        Scenario story = opening().pageOpened("tx-1", "db-1");

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.AT_PROVIDER);
        assertThat(story.commands(Command.IndexTransaction.class))
                .extracting(Command.IndexTransaction::transactionId)
                .containsExactly("tx-1", "db-1");
        assertThat(story.page(1).usableUntil()).isEqualTo(Fixtures.START.plus(Duration.ofMinutes(30)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16"})
    void a_call_that_was_not_sent_is_made_again_after_a_doubling_wait(int failures, int seconds) {
        Scenario story = opening().unsentAndMadeAgain(failures - 1);

        story.answer(NOT_SENT);

        assertThat(story.decision().timers())
                .containsExactly(new TimerRequest(
                        TimerKind.CASHIER_RETRY, story.state().time().plusSeconds(seconds), 1));
        assertThat(story.fires(TimerKind.CASHIER_RETRY).calls()).hasSize(failures + 1);
    }

    @Test
    void a_call_that_never_comes_through_gives_way_to_the_next_route() {
        Scenario story = openingOfTwo().unsentAndMadeAgain(Limits.MAX_RETRIES);

        story.answer(NOT_SENT);

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.calls().getLast().provider()).isEqualTo("CLEO");
    }

    @Test
    void an_invalid_call_is_refused_and_no_other_route_tried() {
        Scenario story = openingOfTwo().answer(rejected(RejectionCategory.VALIDATION));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void a_voucher_rejected_instead_of_a_page_refuses_its_attempt() {
        Scenario story = openingOfTwo().answer(rejected(RejectionCategory.VOUCHER_REJECTED));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.calls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RULE_OR_CONFIGURATION_MISSING", "PSP_CREDENTIALS_INVALID"})
    void a_missing_configuration_leads_to_the_next_route_with_an_alert(RejectionCategory category) {
        Scenario story = openingOfTwo().answer(rejected(category));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.calls().getLast().provider()).isEqualTo("CLEO");
        assertThat(story.answer(rejected(category)).kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void refused_credentials_put_the_account_on_hold_until_it_is_released() {
        Scenario story = openingOfTwo().answer(rejected(RejectionCategory.ACCOUNT_AUTHENTICATION));
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.reason()).isEqualTo(Reason.ACCOUNT_ON_HOLD);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.OPENING);
        assertThat(story.calls()).hasSize(1);

        story.later(Duration.ofHours(2)).actAlone(new Act.AccountReleased(Fixtures.ACCOUNT));

        assertThat(story.calls()).hasSize(2);
        assertThat(story.pageOpened("tx-1").attempt(1).status()).isEqualTo(AttemptStatus.AT_PROVIDER);
    }

    @Test
    void the_release_of_another_account_releases_nothing() {
        Scenario story = opening()
                .answer(rejected(RejectionCategory.ACCOUNT_AUTHENTICATION))
                .actAlone(new Act.AccountReleased("other-account"));

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void a_limited_rate_is_waited_for_and_then_the_next_route_taken() {
        Scenario story = openingOfTwo();
        for (int wait = 1; wait <= Limits.MAX_RATE_WAITS; wait++) {
            story.answer(rejected(RejectionCategory.RATE_LIMITED)).fires(TimerKind.CASHIER_RETRY);
        }

        story.answer(rejected(RejectionCategory.RATE_LIMITED));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.calls().getLast().provider()).isEqualTo("CLEO");
    }

    @Test
    void a_lost_answer_is_asked_for_once_more_then_the_attempt_stays_unknown_and_the_next_route_opens() {
        Scenario story = openingOfTwo().answer(LOST);
        assertThat(story.calls()).hasSize(2);
        assertThat(story.calls().getLast().attempt()).isEqualTo(1);

        story.answer(LOST);

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
        assertThat(story.attempt(1).mayStillBePaid()).isTrue();
        assertThat(story.calls().getLast().provider()).isEqualTo("CLEO");
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @Test
    void an_indeterminate_refusal_counts_as_a_lost_answer_and_keeps_the_transaction_it_names() {
        Scenario story = opening()
                .answer(new Rejected(RejectionCategory.INDETERMINATE, "psp-timeout", List.of("tx-lost")))
                .pageOpened("tx-2");

        assertThat(story.attempt(1).transaction("tx-lost")).isPresent();
        assertThat(story.webhook(APPROVED, "tx-lost", "100.00").kind()).isEqualTo(StateKind.APPROVED);
    }

    @Test
    void without_another_route_an_unknown_attempt_is_being_checked_and_stays_payable() {
        Scenario story = opening().answer(LOST).answer(LOST);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
        assertThat(story.told()).isEmpty();
        assertThat(story.asksAgain(false, plan(route("PAYONE"))).reason()).isEqualTo(Reason.CONFIRMATION_NEEDED);
        assertThat(story.webhook(1, Fixtures.webhook(APPROVED, "tx-x", "100.00"))
                        .kind())
                .isEqualTo(StateKind.APPROVED);
    }

    @Test
    void a_call_without_any_report_counts_as_a_lost_answer() {
        Scenario story = opening().fires(TimerKind.CASHIER_ANSWER);

        assertThat(story.reason()).isEqualTo(Reason.ANSWER_LOST);
        assertThat(story.calls()).hasSize(2);
        assertThat(story.state().time()).isEqualTo(Fixtures.START.plusSeconds(60));
    }

    /** Another executor may have made the call and died before it could report. */
    @Test
    void the_late_word_that_a_pages_silent_call_was_not_made_proves_nothing() {
        Scenario story = opening().fires(TimerKind.CASHIER_ANSWER).fires(TimerKind.CASHIER_ANSWER);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);

        story.answer(new NotExecuted("merchant-disabled"));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
        assertThat(story.attempt(1).mayStillBePaid()).isTrue();
    }

    @Test
    void a_late_page_is_kept_as_one_more_transaction_of_its_attempt() {
        Scenario story = opening().fires(TimerKind.CASHIER_ANSWER);
        Command.OpenPage first = story.calls().getFirst();
        story.pageOpened("tx-2");

        story.answer(first, new CashierOutcome.PageOpened(new SealedUrl(Fixtures.bytes(7)), List.of("tx-1")));

        assertThat(story.reason()).isEqualTo(Reason.ANSWER_LATE);
        assertThat(story.attempt(1).transactions()).hasSize(2);
        assertThat(story.page(1).redirect()).isEqualTo(new SealedUrl(Fixtures.bytes(9)));
    }

    @Test
    void an_expired_command_is_issued_again() {
        Scenario story = opening().answer(new NotExecuted(NotExecuted.EXPIRED)).fires(TimerKind.CASHIER_RETRY);

        assertThat(story.calls()).hasSize(2);
    }

    @Test
    void a_call_that_the_executor_refused_ends_the_attempt() {
        Scenario story = opening().answer(new NotExecuted("merchant-disabled"));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.attempt(1).lastCode()).isEqualTo("merchant-disabled");
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void a_report_for_a_command_of_nobody_is_noted() {
        Scenario story = opening()
                .take(new Fact.CashierAnswered(Fixtures.PAYMENT + "#99.1", 1, "PAYONE", Fixtures.ACCOUNT, LOST));

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason()).isEqualTo(Reason.COMMAND_UNKNOWN);
    }

    @Test
    void an_answer_that_a_webhook_overtook_changes_nothing_but_the_names() {
        Scenario story = opening().webhook(DECLINED, "tx-1", null).pageOpened("tx-1", "db-1");

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.DECLINED);
        assertThat(story.attempt(1).transaction("db-1")).isPresent();
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }
}
