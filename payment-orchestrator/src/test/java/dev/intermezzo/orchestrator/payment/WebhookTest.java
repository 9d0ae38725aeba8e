package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.ACCOUNT;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.nameless;
import static dev.intermezzo.orchestrator.payment.Fixtures.namingItsCurrency;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.PENDING;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a webhook may touch (payments §6) and what it does to attempts (§4). {@link WebhookMoneyTest} is about its money,
 * {@link OrphanTest} about money without a payment.
 */
class WebhookTest {
    @Test
    void the_shape_of_2025_never_approves() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(1, Fixtures.webhook(ACCOUNT, APPROVED, "tx-1", "100.00", "CAD", null, WebhookShape.YEAR_2025));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason()).isEqualTo(Reason.WEBHOOK_OLD_SHAPE);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREADABLE", "OTHER"})
    void a_webhook_that_was_not_understood_touches_nothing(WebhookShape shape) {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(1, Fixtures.webhook(ACCOUNT, APPROVED, "tx-1", "100.00", "CAD", null, shape));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.reason().alert()).isTrue();
    }

    @Test
    void a_webhook_without_a_transaction_touches_nothing() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(1, Fixtures.webhook(APPROVED, "", "100.00"));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason().alert()).isTrue();
    }

    @Test
    void a_webhook_through_another_accounts_address_has_no_effect() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(
                        1,
                        Fixtures.webhook(
                                "other-account", APPROVED, "tx-1", "100.00", "CAD", null, WebhookShape.YEAR_2026));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.reason()).isEqualTo(Reason.WEBHOOK_OF_OTHER_ACCOUNT);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NEOSURF_PAYIN, IN_PROGRESS", "PAYONE_PAYIN, APPROVED", "Interac, APPROVED"})
    void a_webhook_of_another_provider_has_no_effect(String method, StateKind expected) {
        assertThat(Reason.WEBHOOK_OF_OTHER_PROVIDER.alert()).isTrue();
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(
                        1,
                        Fixtures.webhook(ACCOUNT, APPROVED, "tx-1", "100.00", "CAD", method, WebhookShape.YEAR_2026));

        assertThat(story.kind()).isEqualTo(expected);
    }

    @Test
    void a_transaction_of_one_provider_never_touches_an_attempt_at_another() {
        Scenario story = Scenario.atProvider(namingItsCurrency("TRUST"), namingItsCurrency("FORUMPAY"));
        story.asksAgain(true, "FORUMPAY", plan(namingItsCurrency("TRUST"), namingItsCurrency("FORUMPAY")))
                .pageOpened("tx-2");

        story.webhook(2, Fixtures.webhook(APPROVED, "tx-1", "100.00", "CAD"));

        assertThat(story.reason()).isEqualTo(Reason.WEBHOOK_OF_OTHER_PROVIDER);
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void a_transaction_stays_with_the_attempt_that_it_was_opened_for() {
        Scenario story = Scenario.atProvider(namingItsCurrency("TRUST"));
        story.asksAgain(true, plan(namingItsCurrency("TRUST"))).pageOpened("tx-2");

        story.webhook(2, Fixtures.webhook(APPROVED, "tx-1", "100.00", "CAD"))
                .webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00", "CAD"));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.APPROVED);
        assertThat(story.attempt(2).status()).isEqualTo(AttemptStatus.AT_PROVIDER);
        assertThat(story.openCases()).isEmpty();
        assertThat(story.told()).hasSize(1);
    }

    @Test
    void a_transaction_that_only_its_webhook_names_approves_and_is_indexed() {
        Scenario story = story().checkout(form(plan(nameless("FORUMPAY")))).pageOpened();

        story.webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00", "CAD"));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.calls().getLast().userIdPerAttempt()).isTrue();
        assertThat(story.commands(Command.IndexTransaction.class))
                .extracting(Command.IndexTransaction::transactionId, Command.IndexTransaction::provider)
                .containsExactly(tuple("tx-1", "FORUMPAY"));
    }

    @Test
    void a_decline_decides_an_attempt_whose_answer_named_no_transaction() {
        Scenario story = story().checkout(form(plan(nameless("FORUMPAY")))).pageOpened();

        assertThat(story.webhook(1, Fixtures.webhook(DECLINED, "tx-1", null, null))
                        .kind())
                .isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void after_a_lost_answer_one_decline_does_not_close_a_page_that_may_belong_to_the_other_transaction() {
        Scenario story = story().checkout(form(plan(nameless("FORUMPAY"))))
                .answer(new AnswerLost("timeout", List.of()))
                .pageOpened();

        story.webhook(1, Fixtures.webhook(DECLINED, "tx-1", null, null));
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.view().attempts().getFirst().usablePage()).isTrue();

        story.webhook(DECLINED, "tx-2", null);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void an_unknown_status_changes_nothing_and_raises_an_alert() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(UNKNOWN, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.webhook(APPROVED, "tx-1", "100.00").kind()).isEqualTo(StateKind.APPROVED);
    }

    @Test
    void a_pending_transaction_is_known_and_changes_nothing_else() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(PENDING, "tx-1", null);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.reason()).isEqualTo(Reason.TRANSACTION_PENDING);
    }

    @Test
    void a_decline_ends_the_attempt_and_leaves_the_buyer_a_choice() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(DECLINED, "tx-1", null);

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.told()).isEmpty();
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.view().closedForBuyer()).isFalse();
    }

    @Test
    void a_late_approval_of_a_declined_attempt_still_wins() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(DECLINED, "tx-1", null)
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_approval_after_the_order_time_still_wins(boolean shopToldFailed) {
        Scenario story = Scenario.atProvider(route("PAYONE")).fires(TimerKind.ORDER_TIME);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.EXPIRED);
        if (shopToldFailed) {
            story.fires(TimerKind.LATE_WINDOW).ended(NotificationEnd.DELIVERED, null);
        }

        story.webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.told().getLast().status()).isEqualTo(NotifyStatus.APPROVED);
        assertThat(story.told().getLast().checkPending()).isEqualTo(!shopToldFailed);
    }

    @Test
    void a_decline_of_a_lost_calls_transaction_does_not_end_the_attempt_whose_page_is_open() {
        Scenario story = story().checkout(form(plan(route("PAYONE"))))
                .answer(new AnswerLost("lost", List.of()))
                .pageOpened("tx-2")
                .webhook(DECLINED, "tx-1", null);

        assertThat(story.reason()).isEqualTo(Reason.TRANSACTION_DECLINED);
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.webhook(DECLINED, "tx-2", null).kind()).isEqualTo(StateKind.NOT_PAID);
    }
}
