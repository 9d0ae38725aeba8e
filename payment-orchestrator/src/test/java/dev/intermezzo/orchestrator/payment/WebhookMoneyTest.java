package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.ACCOUNT;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.liveShopPlan;
import static dev.intermezzo.orchestrator.payment.Fixtures.namingItsCurrency;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which money approves a payment, and what becomes of all other (payments §3). */
class WebhookMoneyTest {

    @Test
    void matching_money_approves_the_payment_and_the_shop_is_told_once() {
        Scenario story =
                Scenario.atProvider(route("PAYONE")).webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100", "CAD"));

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
        Scenario story = Scenario.atProvider(namingItsCurrency("CLEO"))
                .webhook(1, Fixtures.webhook(APPROVED, "tx-1", amount, currency));

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.reason()).isEqualTo(reason);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void an_absent_currency_is_the_providers_only_one_where_the_catalogue_says_so() {
        assertThat(Scenario.atProvider(route("PAYONE"))
                        .webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00", null))
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
}
