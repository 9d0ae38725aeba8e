package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.ACCOUNT;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.liveShopPlan;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money (payments §3), attempts and their outcomes (§4), and what a webhook may touch (§6). */
class WebhookTest {

    private static WebhookFacts facts(TransactionStatus status, @Nullable String amount, @Nullable String currency) {
        return Fixtures.webhook(ACCOUNT, status, "tx-1", amount, currency, null, WebhookShape.YEAR_2026);
    }

    @Test
    void matching_money_approves_the_payment_and_the_shop_is_told_once() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(1, facts(APPROVED, "100", "CAD"));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.APPROVED);
        assertThat(story.told()).singleElement().satisfies(told -> {
            assertThat(told.status()).isEqualTo(NotifyStatus.APPROVED);
            assertThat(told.checkPending()).isTrue();
        });
        assertThat(story.decision().timers()).extracting(TimerRequest::kind).containsExactly(TimerKind.RETIREMENT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, CAD, MONEY_AMOUNT_ABSENT",
                "99.99, CAD, MONEY_LESS",
                "100.01, CAD, MONEY_MORE",
                "100.00, EUR, MONEY_OTHER_CURRENCY",
                "100.00, BTC, MONEY_OTHER_CURRENCY",
                "100.00, -, MONEY_CURRENCY_ABSENT"
            })
    void other_money_is_reviewed_and_the_shop_told_nothing(
            @Nullable String amount, @Nullable String currency, Reason reason) {
        Scenario story = Scenario.atProvider(namingItsCurrency("CLEO")).webhook(1, facts(APPROVED, amount, currency));

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.reason()).isEqualTo(reason);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void an_absent_currency_is_the_providers_only_one_where_the_catalogue_says_so() {
        assertThat(Scenario.atProvider(route("PAYONE"))
                        .webhook(1, facts(APPROVED, "100.00", null))
                        .kind())
                .isEqualTo(StateKind.APPROVED);
    }

    @Test
    void a_matching_webhook_ends_the_review_that_its_own_transaction_caused() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(APPROVED, "tx-1", "90.00")
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.openCases()).isEmpty();
    }

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

        story.webhook(2, facts(APPROVED, "100.00", "CAD"));

        assertThat(story.reason()).isEqualTo(Reason.WEBHOOK_OF_OTHER_PROVIDER);
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void a_transaction_stays_with_the_attempt_that_it_was_opened_for() {
        Scenario story = Scenario.atProvider(namingItsCurrency("TRUST"));
        story.asksAgain(true, plan(namingItsCurrency("TRUST"))).pageOpened("tx-2");

        story.webhook(2, facts(APPROVED, "100.00", "CAD")).webhook(1, facts(APPROVED, "100.00", "CAD"));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.APPROVED);
        assertThat(story.attempt(2).status()).isEqualTo(AttemptStatus.AT_PROVIDER);
        assertThat(story.openCases()).isEmpty();
        assertThat(story.told()).hasSize(1);
    }

    @Test
    void a_transaction_that_only_its_webhook_names_approves_and_is_indexed() {
        Scenario story = story().checkout(form(plan(nameless("FORUMPAY")))).pageOpened();

        story.webhook(1, facts(APPROVED, "100.00", "CAD"));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.calls().getLast().userIdPerAttempt()).isTrue();
        assertThat(story.commands(Command.IndexTransaction.class))
                .extracting(Command.IndexTransaction::transactionId, Command.IndexTransaction::provider)
                .containsExactly(tuple("tx-1", "FORUMPAY"));
    }

    @Test
    void a_decline_decides_an_attempt_whose_answer_named_no_transaction() {
        Scenario story = story().checkout(form(plan(nameless("FORUMPAY")))).pageOpened();

        assertThat(story.webhook(1, facts(DECLINED, null, null)).kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void after_a_lost_answer_one_decline_does_not_close_a_page_that_may_belong_to_the_other_transaction() {
        Scenario story = story().checkout(form(plan(nameless("FORUMPAY"))))
                .answer(new AnswerLost("timeout", List.of()))
                .pageOpened();

        story.webhook(1, facts(DECLINED, null, null));
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
    void the_same_webhook_under_another_id_changes_nothing() {
        Scenario story = Scenario.approved().webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason()).isEqualTo(Reason.APPROVED_BEFORE);
        assertThat(story.told()).hasSize(1);
        assertThat(story.openCases()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAYONE", "TRUST"})
    void a_second_paid_page_is_a_surplus_of_which_the_shop_hears_nothing(String second) {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .asksAgain(true, plan(route(second)))
                .pageOpened("tx-2")
                .webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00"))
                .webhook(2, Fixtures.webhook(APPROVED, "tx-2", "100.00"));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.openCases()).containsExactly(CaseKind.SURPLUS_PAYMENT);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void two_paid_transactions_of_one_attempt_are_a_surplus_as_well() {
        Scenario story = story().checkout(form(plan(route("PAYONE"))))
                .answer(new AnswerLost("lost", List.of("tx-1")))
                .pageOpened("tx-2")
                .webhook(APPROVED, "tx-2", "100.00")
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.openCases()).containsExactly(CaseKind.SURPLUS_PAYMENT);
    }

    @Test
    void a_surplus_is_closed_by_agreement_of_two_persons() {
        Scenario story = Scenario.approved().webhook(1, Fixtures.webhook(APPROVED, "tx-2", "100.00"));
        assertThat(story.openCases()).containsExactly(CaseKind.SURPLUS_PAYMENT);
        Act agreement =
                new Act.CaseResolved(story.dossier().openCases().getFirst().id(), "the buyer pays next month's order");

        assertThat(story.actAlone(agreement).reason()).isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(story.openCases()).containsExactly(CaseKind.SURPLUS_PAYMENT);

        assertThat(story.act(agreement).openCases()).isEmpty();
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

    @ParameterizedTest
    @EnumSource(names = {"DECLINED", "UNKNOWN"})
    void a_later_word_against_an_approved_transaction_is_a_reversal(TransactionStatus status) {
        Scenario story = Scenario.approved().webhook(status, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.openCases()).containsExactly(CaseKind.REVERSAL);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
        assertThat(story.act(new Act.RefundRequested("r-1", Fixtures.cad("1.00"), "PAYONE", ACCOUNT, List.of()))
                        .reason())
                .isEqualTo(Reason.REFUND_BLOCKED_BY_REVERSAL);
    }

    @Test
    void an_approval_for_an_attempt_that_does_not_exist_is_kept_as_an_orphan() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(5, Fixtures.webhook(APPROVED, "tx-9", "100.00"));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.openCases()).containsExactly(CaseKind.ORPHAN_PAYMENT);
    }

    @Test
    void sandbox_money_is_never_told_to_a_live_shop() {
        Scenario story = story().checkout(form(liveShopPlan(route("PAYONE"))))
                .pageOpened("tx-1")
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.told()).isEmpty();
        assertThat(story.decides(Act.ReviewDecision.ACCEPT).verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void production_money_is_told_to_a_live_shop() {
        Scenario story = story().inProduction()
                .checkout(form(liveShopPlan(route("PAYONE"))))
                .pageOpened("tx-1")
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void approved_money_without_a_payment_is_an_orphan_that_two_persons_close() {
        Scenario story = story().take(new Fact.WebhookOrphaned(Fixtures.webhook(APPROVED, "tx-1", "100.00")));
        assertThat(story.kind()).isEqualTo(StateKind.ORPHAN);
        String caseId = Fixtures.PAYMENT + "#1.1";

        assertThat(story.actAlone(new Act.CaseResolved(caseId, "refunded by hand"))
                        .reason())
                .isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(story.act(new Act.CaseResolved(caseId, "refunded by hand")).verdict())
                .isEqualTo(Verdict.APPLIED);
        assertThat(story.checkout(form(plan(route("PAYONE")))).reason()).isEqualTo(Reason.NOT_A_PAYMENT);
    }

    @Test
    void two_persons_attach_an_orphan_of_equal_money() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        WebhookFacts orphan = Fixtures.webhook(APPROVED, "tx-9", "100.00");

        assertThat(story.actAlone(new Act.OrphanAttached("orphan", orphan)).reason())
                .isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(story.act(new Act.OrphanAttached("orphan", Fixtures.webhook(APPROVED, "tx-9", "5.00")))
                        .reason())
                .isEqualTo(Reason.ORPHAN_MONEY_DIFFERS);
        assertThat(story.act(new Act.OrphanAttached("orphan", orphan)).kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.act(new Act.OrphanAttached("orphan", orphan)).reason())
                .isEqualTo(Reason.ORPHAN_ATTACHED_BEFORE);
    }

    @Test
    void an_orphan_of_an_account_that_the_payment_never_used_is_not_attached() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        WebhookFacts foreign =
                Fixtures.webhook("other-account", APPROVED, "tx-9", "100.00", "CAD", null, WebhookShape.YEAR_2026);

        assertThat(story.act(new Act.OrphanAttached("orphan", foreign)).reason())
                .isEqualTo(Reason.ORPHAN_NOT_ATTACHABLE);
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLINED", "PENDING", "UNKNOWN"})
    void an_orphan_that_nobody_approved_is_not_attached(TransactionStatus status) {
        Scenario story = Scenario.atProvider(route("PAYONE"));

        assertThat(story.act(new Act.OrphanAttached("orphan", Fixtures.webhook(status, "tx-9", "100.00")))
                        .reason())
                .isEqualTo(Reason.ORPHAN_NOT_ATTACHABLE);
    }
}
