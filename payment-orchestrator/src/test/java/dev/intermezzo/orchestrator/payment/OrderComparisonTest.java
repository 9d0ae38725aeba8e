package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.missing;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An order is compared with its shop's own record before money is asked for. */
class OrderComparisonTest {

    private static final HoldReason COMPARE = new HoldReason(HoldReason.COMPARE_ORDER, "");
    private static final HoldReason IF_REACHABLE = new HoldReason(HoldReason.COMPARE_ORDER_IF_REACHABLE, "");
    private static final HoldReason UNLISTED = new HoldReason("host-not-listed", "pay.example.net");
    private static final ShopOutcome MATCHES = new ShopOutcome.OrderMatches();
    private static final ShopOutcome UNREACHABLE = new ShopOutcome.ShopUnreachable("connect-failed");
    private static final ShopOutcome FAILED =
            new ShopOutcome.OrderDiffers(List.of(ShopOutcome.OrderDiffers.STATUS_FAILED));

    @Test
    void an_order_that_its_shop_confirms_is_remembered_by_its_invoice() {
        Scenario story = compared(COMPARE, MATCHES);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.commands(Command.IndexOrder.class)).singleElement().satisfies(index -> {
            assertThat(index.integrationId()).isEqualTo(story.dossier().order().integrationId());
            assertThat(index.invoiceId()).isEqualTo(story.dossier().order().invoiceId());
        });
    }

    @Test
    void an_order_that_nobody_compares_is_not_remembered_by_its_invoice() {
        Scenario story = story().checkout(form(plan(route("PAYONE"))));

        assertThat(story.commands(Command.IndexOrder.class)).isEmpty();
    }

    @Test
    void a_silent_shop_does_not_hold_an_order_whose_merchant_wants_it_paid_all_the_same() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), IF_REACHABLE));

        answered(story, UNREACHABLE);
        assertThat(story.kind()).isEqualTo(StateKind.VERIFYING);
        story.fires(TimerKind.CASHIER_RETRY);
        answered(story, UNREACHABLE);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.reason()).isEqualTo(Reason.SHOP_PASSED_OVER);
        assertThat(story.calls()).hasSize(1);
        assertThat(story.commands(Command.IndexOrder.class)).hasSize(1);
    }

    @Test
    void an_executor_that_says_nothing_counts_as_a_silent_shop() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), IF_REACHABLE));

        story.fires(TimerKind.CASHIER_ANSWER).fires(TimerKind.CASHIER_RETRY).fires(TimerKind.CASHIER_ANSWER);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @Test
    void a_shop_that_contradicts_holds_an_order_whatever_its_merchant_wants_of_silence() {
        Scenario story = compared(IF_REACHABLE, new ShopOutcome.OrderDiffers(List.of("total=90.00")));

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void another_reason_to_hold_is_a_persons_to_lift_and_the_order_is_remembered_then() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), UNLISTED, COMPARE));
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.commands()).isEmpty();

        story.decides(Act.ReviewDecision.ACCEPT);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.commands(Command.IndexOrder.class)).hasSize(1);
    }

    @Test
    void a_form_that_comes_again_before_anything_was_tried_is_compared_again() {
        Scenario story = story().checkout(form(plan(missing("PAYONE", "phone")), COMPARE));
        answered(story, MATCHES);
        assertThat(story.kind()).isEqualTo(StateKind.AWAITING_BUYER);

        story.checkout(form(plan(route("PAYONE")), COMPARE));

        assertThat(story.kind()).isEqualTo(StateKind.VERIFYING);
        answered(story, new ShopOutcome.OrderDiffers(List.of("payment_status=paid")));
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void an_order_that_failed_by_our_own_word_may_be_paid_after_all() {
        Scenario story = compared(COMPARE, MATCHES);
        story.pageOpened("tx-1").webhook(DECLINED, "tx-1", null).givesUp();
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);

        story.later(Duration.ofMinutes(5)).checkout(form(plan(route("PAYONE")), COMPARE));
        answered(story, FAILED);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.calls()).hasSize(2);
    }

    @Test
    void an_order_that_failed_by_its_owners_word_is_held() {
        Scenario story = compared(COMPARE, FAILED);

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.dossier().openCases().getFirst().detail()).isEqualTo("payment_status=failed");
    }

    private static Scenario compared(HoldReason hold, ShopOutcome outcome) {
        Scenario story = story().checkout(form(plan(route("PAYONE")), hold));
        answered(story, outcome);
        return story;
    }

    private static void answered(Scenario story, ShopOutcome outcome) {
        Command.CompareOrder question =
                story.commands(Command.CompareOrder.class).getLast();
        story.take(new Fact.ShopAnswered(question.id(), outcome));
    }
}
