package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.missing;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a shop tells of its own accord: PAYMENT_CHANGED of the Store API. */
class ShopChangeTest {

    private static final HoldReason COMPARE = new HoldReason(HoldReason.COMPARE_ORDER, "");

    @Test
    void the_echo_of_our_own_approved_changes_nothing() {
        Scenario story = Scenario.approved().take(paid());

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason()).isEqualTo(Reason.SHOP_CONFIRMS);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void a_shop_whose_total_is_not_what_was_paid_opens_a_case_once() {
        Scenario story = Scenario.approved();

        story.take(changed(ShopOrderStatus.PAID, "120.00", "CAD")).take(changed(ShopOrderStatus.PAID, "120.00", "CAD"));

        assertThat(story.dossier().openCases()).singleElement().satisfies(open -> {
            assertThat(open.kind()).isEqualTo(CaseKind.SHOP_DISAGREES);
            assertThat(open.reason()).isEqualTo("shop-total-differs");
            assertThat(open.detail()).isEqualTo("120 CAD");
        });
        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
    }

    @Test
    void the_same_number_in_another_currency_is_another_total() {
        Scenario story = Scenario.approved().take(changed(ShopOrderStatus.PAID, "100.00", "USD"));

        assertThat(story.openCases()).containsExactly(CaseKind.SHOP_DISAGREES);
    }

    @Test
    void what_a_shop_does_not_say_is_not_compared() {
        Scenario story = Scenario.approved().take(changed(ShopOrderStatus.PAID, null, null));

        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void an_order_paid_by_hand_is_not_told_that_it_failed() {
        Scenario story = Scenario.atProvider(route("PAYONE")).take(paid());
        assertThat(story.openCases()).containsExactly(CaseKind.SHOP_DISAGREES);

        story.webhook(DECLINED, "tx-1", null).givesUp();

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.told()).isEmpty();
        assertThat(story.dossier().openCases())
                .as("nothing came here, so nobody has to look")
                .isEmpty();
    }

    @Test
    void an_order_paid_by_hand_is_not_told_that_it_failed_when_its_time_is_over() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .take(paid())
                .fires(TimerKind.ORDER_TIME)
                .fires(TimerKind.LATE_WINDOW);

        assertThat(story.told()).isEmpty();
        assertThat(story.dossier().openCases()).isEmpty();
    }

    /** The buyer failed here and paid by bank transfer. */
    @Test
    void an_order_that_ended_here_and_is_paid_by_hand_later_troubles_nobody() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(DECLINED, "tx-1", null)
                .givesUp();
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);

        story.take(paid());

        assertThat(story.openCases()).isEmpty();
        story.webhook(1, Fixtures.webhook(APPROVED, "tx-2", "100.00"));
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
        assertThat(story.dossier().openCases()).extracting(Case::reason).containsExactly("order-paid-twice");
    }

    @Test
    void money_for_an_order_paid_by_hand_is_a_case_and_the_shop_is_told_nothing() {
        Scenario story = Scenario.atProvider(route("PAYONE")).take(paid()).webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.told()).isEmpty();
        assertThat(story.dossier().openCases())
                .extracting(Case::reason)
                .containsExactly("order-paid-otherwise", "order-paid-twice");
    }

    @Test
    void late_money_for_an_order_paid_by_hand_is_not_told_either() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .take(paid())
                .fires(TimerKind.ORDER_TIME)
                .fires(TimerKind.LATE_WINDOW)
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.told()).isEmpty();
        assertThat(story.dossier().openCases()).extracting(Case::reason).containsExactly("order-paid-twice");
    }

    @Test
    void a_buyer_is_led_to_no_page_for_an_order_paid_by_hand() {
        Scenario awaiting =
                story().checkout(form(plan(missing("PAYONE", "phone")))).take(paid());
        assertThat(awaiting.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(awaiting.view().closedForBuyer()).isTrue();

        Scenario atProvider = Scenario.atProvider(route("PAYONE")).take(paid());
        assertThat(atProvider.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(atProvider.view().mayAskAgain()).isFalse();
        assertThat(atProvider.asksAgain(true, plan(route("PAYONE"))).reason()).isEqualTo(Reason.ORDER_PAID_OTHERWISE);
        assertThat(atProvider.calls()).hasSize(1);
    }

    @Test
    void no_other_route_is_tried_for_an_order_paid_by_hand() {
        Scenario story = story().checkout(form(plan(route("PAYONE"), route("CLEO"))))
                .take(paid())
                .answer(new CashierOutcome.Rejected(
                        RejectionCategory.RULE_OR_CONFIGURATION_MISSING, "missing", List.of()));

        assertThat(story.calls()).hasSize(1);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void an_order_that_is_paid_while_its_shop_is_being_asked_is_not_asked_about_again() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), COMPARE)).take(paid());

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.dossier().timers()).extracting(ArmedTimer::kind).containsExactly(TimerKind.ORDER_TIME);
    }

    @Test
    void a_new_checkout_of_an_order_paid_by_hand_begins_only_by_the_shops_word() {
        Scenario story =
                story().checkout(form(plan(missing("PAYONE", "phone")))).take(paid());

        assertThat(story.checkout(form(plan(route("PAYONE")))).reason()).isEqualTo(Reason.ORDER_PAID_OTHERWISE);
        assertThat(story.calls()).isEmpty();

        story.checkout(form(plan(route("PAYONE")), COMPARE))
                .take(new Fact.ShopAnswered("question", new ShopOutcome.OrderMatches()));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.dossier().openCases()).isEmpty();
    }

    @Test
    void a_silent_shop_does_not_let_an_order_be_paid_twice() {
        HoldReason ifReachable = new HoldReason(HoldReason.COMPARE_ORDER_IF_REACHABLE, "");
        Scenario story =
                story().checkout(form(plan(missing("PAYONE", "phone")))).take(paid());

        story.checkout(form(plan(route("PAYONE")), ifReachable));
        for (int asked = 1; asked <= Limits.MAX_SHOP_RETRIES; asked++) {
            story.fires(TimerKind.CASHIER_ANSWER).fires(TimerKind.CASHIER_RETRY);
        }
        story.fires(TimerKind.CASHIER_ANSWER);

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void an_owner_who_takes_it_back_lets_the_shop_be_told_again() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .take(paid())
                .take(changed(ShopOrderStatus.PENDING, "100.00", "CAD"));
        assertThat(story.openCases()).isEmpty();

        story.webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void an_old_pending_after_the_money_says_nothing() {
        Scenario story = Scenario.approved().take(changed(ShopOrderStatus.PENDING, "100.00", "CAD"));

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void an_owner_who_sets_a_paid_order_to_failed_disagrees() {
        Scenario story = Scenario.approved().take(changed(ShopOrderStatus.FAILED, "100.00", "CAD"));

        assertThat(story.openCases()).containsExactly(CaseKind.SHOP_DISAGREES);
    }

    @Test
    void the_late_echo_of_our_own_failed_is_no_disagreement() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(DECLINED, "tx-1", null)
                .givesUp()
                .webhook(1, Fixtures.webhook(APPROVED, "tx-2", "100.00"));
        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);

        story.take(changed(ShopOrderStatus.FAILED, "100.00", "CAD"));

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void a_word_that_nobody_knows_changes_nothing_and_alerts() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        StateKind before = story.kind();

        story.take(changed(ShopOrderStatus.UNKNOWN, "100.00", "CAD"));

        assertThat(story.kind()).isEqualTo(before);
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.reason().alert()).isTrue();
    }

    @Test
    void a_payment_that_waits_for_its_archive_is_not_kept_by_an_order_paid_by_hand() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .take(paid())
                .fires(TimerKind.ORDER_TIME)
                .fires(TimerKind.LATE_WINDOW)
                .later(Duration.ofDays(61))
                .fires(TimerKind.RETIREMENT);

        assertThat(story.kind()).isEqualTo(StateKind.RETIRED);
    }

    private static Fact paid() {
        return changed(ShopOrderStatus.PAID, "100.00", "CAD");
    }

    private static Fact changed(ShopOrderStatus status, @Nullable String total, @Nullable String currency) {
        return new Fact.ShopOrderChanged(status, total == null ? null : new BigDecimal(total), currency);
    }
}
