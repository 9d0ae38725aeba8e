package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.ACCOUNT;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.nameless;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A merchant's settings change while a payment is under way (payments §4, "change during a payment"). */
class ChangeDuringPaymentTest {

    private static final AnswerLost LOST = new AnswerLost("answer-lost", List.of());
    private static final Rejected UNAUTHORISED =
            new Rejected(RejectionCategory.ACCOUNT_AUTHENTICATION, "401", List.of());
    private static final NotExecuted DISABLED = new NotExecuted("merchant-disabled");

    /** What the edge plans after the provider was taken out of the merchant's routes or out of the account. */
    private static PaymentPlan without() {
        PaymentPlan plan = plan(Fixtures.ineligible("PAYONE"), route("FORUMPAY"));
        return new PaymentPlan(
                "revision-2",
                "catalogue-2",
                plan.routes(),
                Duration.ofHours(1),
                NoWordPolicy.NOTHING,
                plan.testShop(),
                plan.buyerChooses());
    }

    // Settings or routes edited

    @Test
    void a_call_that_is_made_again_is_the_one_that_was_planned_whatever_a_later_form_plans() {
        // Given
        Scenario story = story().checkout(form(plan(route("PAYONE")))).checkout(form(without()));

        // When
        story.answer(LOST);

        // Then
        Command.OpenPage first = story.calls().getFirst();
        Command.OpenPage again = story.calls().getLast();
        assertThat(story.calls()).hasSize(2);
        assertThat(again.provider()).isEqualTo("PAYONE");
        assertThat(again.settings()).isEqualTo(first.settings()).isNotEmpty();
        assertThat(story.attempt(1).settingsRevision()).isEqualTo("revision-1");
        assertThat(story.attempt(1).catalogueVersion()).isEqualTo("catalogue-1");
    }

    @Test
    void the_times_and_the_silence_of_an_open_attempt_are_those_of_its_plan() {
        Scenario story = Scenario.atProvider(route("PAYONE")).checkout(form(without()));

        story.fires(TimerKind.ORDER_TIME).fires(TimerKind.LATE_WINDOW);

        assertThat(story.state().time()).isEqualTo(Fixtures.START.plus(Duration.ofDays(2)));
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
    }

    @Test
    void an_attempt_begun_after_the_edit_takes_the_new_settings_and_leaves_the_older_one_its_own() {
        Scenario story = Scenario.atProvider(route("PAYONE")).asksAgain(true, without());

        assertThat(story.attempt(1).settingsRevision()).isEqualTo("revision-1");
        assertThat(story.attempt(2).settingsRevision()).isEqualTo("revision-2");
        assertThat(story.calls().getLast().provider()).isEqualTo("FORUMPAY");
    }

    // Merchant disabled

    @Test
    void a_payment_of_a_disabled_merchant_that_is_at_its_provider_is_approved_and_told() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        story.asksAgain(true, plan(route("PAYONE"))).answer(DISABLED);
        assertThat(story.attempt(2).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.told()).isEmpty();

        story.webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00"));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void a_call_that_a_disabled_merchant_may_not_repeat_leaves_the_lost_one_payable() {
        Scenario story = story().checkout(form(plan(route("PAYONE")))).answer(LOST);

        story.answer(DISABLED);

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
        assertThat(story.told()).isEmpty();
        assertThat(story.webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00"))
                        .kind())
                .isEqualTo(StateKind.APPROVED);
    }

    // Mozello key rotated

    @Test
    void a_form_that_is_refused_does_not_change_the_key_that_the_shop_is_told_with() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .checkout(form(Fixtures.cad("1.00"), "key-b", plan(route("PAYONE"))))
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.told())
                .singleElement()
                .satisfies(told -> assertThat(told.mozelloKeyId()).isEqualTo("key-a"));
    }

    // Mozarto credentials reissued

    @Test
    void refused_credentials_fail_nothing_and_the_call_is_made_with_the_new_ones() {
        Scenario story = story().checkout(form(plan(route("PAYONE"), route("FORUMPAY"))));

        story.answer(UNAUTHORISED);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.decision().timers()).isEmpty();
        assertThat(story.told()).isEmpty();
        assertThat(story.view().closedForBuyer()).isFalse();

        // The new ones are refused too, which is the same hold again.
        story.later(Duration.ofHours(1))
                .actAlone(new Act.AccountReleased(ACCOUNT))
                .answer(UNAUTHORISED);
        assertThat(story.attempt(1).calls().onHold()).isTrue();
        story.actAlone(new Act.AccountReleased(ACCOUNT)).pageOpened("tx-1");

        assertThat(story.calls()).extracting(Command.OpenPage::provider).containsOnly("PAYONE");
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.AT_PROVIDER);
        assertThat(story.dossier().attempts()).hasSize(1);
    }

    // Provider removed

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_attempt_at_a_removed_provider_is_still_decided_by_its_webhook(boolean answerNamesTransaction) {
        Scenario story = story().checkout(form(plan(answerNamesTransaction ? route("PAYONE") : nameless("PAYONE"))));
        story = answerNamesTransaction ? story.pageOpened("tx-1") : story.pageOpened();
        story.checkout(form(without()));
        assertThat(story.view().attempts().getFirst().usablePage())
                .as("the buyer may go on at the provider")
                .isTrue();

        story.webhook(1, Fixtures.webhook(ACCOUNT, APPROVED, "tx-1", "100.00", "CAD", null, WebhookShape.YEAR_2026));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void a_decline_by_a_removed_provider_leaves_the_buyer_the_ones_that_are_left() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(DECLINED, "tx-1", null);

        assertThat(story.asksAgain(false, "PAYONE", without()).reason()).isEqualTo(Reason.METHOD_NOT_AVAILABLE);

        story.asksAgain(false, without());

        assertThat(story.calls().getLast().provider()).isEqualTo("FORUMPAY");
    }

    @Test
    void money_of_a_removed_provider_beside_that_of_its_successor_is_a_surplus() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .asksAgain(true, without())
                .pageOpened("tx-2")
                .webhook(1, Fixtures.webhook(APPROVED, "tx-1", "100.00"))
                .webhook(2, Fixtures.webhook(APPROVED, "tx-2", "100.00"));

        assertThat(story.openCases()).containsExactly(CaseKind.SURPLUS_PAYMENT);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void a_call_that_the_removed_provider_no_longer_allows_ends_its_attempt_and_tells_the_shop_nothing() {
        Scenario story = story().checkout(form(plan(nameless("FORUMPAY"))));

        story.answer(new NotExecuted("not-eligible-assumptions"));

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.REFUSED);
        assertThat(story.reason().alert()).isTrue();
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.told()).isEmpty();
    }
}
