package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.cad;
import static dev.intermezzo.orchestrator.payment.Fixtures.choosing;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.ineligible;
import static dev.intermezzo.orchestrator.payment.Fixtures.missing;
import static dev.intermezzo.orchestrator.payment.Fixtures.movingMoney;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Fixtures.singleUse;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckoutTest {

    private static final HoldReason UNLISTED = new HoldReason("host-not-listed", "pay.example.net");
    private static final HoldReason COMPARE = new HoldReason(HoldReason.COMPARE_ORDER, "");

    @Test
    void a_checkout_opens_the_first_eligible_route() {
        Scenario story = story().checkout(form(plan(ineligible("BRITE"), route("PAYONE"), route("CLEO"))));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.calls()).singleElement().satisfies(call -> {
            assertThat(call.id()).isEqualTo(Fixtures.PAYMENT + "#1.1");
            assertThat(call.provider()).isEqualTo("PAYONE");
            assertThat(call.amount()).isEqualTo(Fixtures.PRICE);
            assertThat(call.notAfter()).isEqualTo(Fixtures.START.plusSeconds(30));
            assertThat(call.buyer()).containsExactly(Fixtures.sealed(1));
        });
        assertThat(story.decision().timers())
                .extracting(TimerRequest::kind)
                .containsExactlyInAnyOrder(TimerKind.ORDER_TIME, TimerKind.CASHIER_ANSWER);
    }

    @Test
    void missing_details_are_asked_of_the_buyer_first() {
        Scenario story = story().checkout(form(plan(missing("PAYONE", "phone"))));

        assertThat(story.kind()).isEqualTo(StateKind.AWAITING_BUYER);
        assertThat(story.view().missingFields()).containsExactly("phone");
        assertThat(story.commands()).isEmpty();
    }

    @Test
    void with_several_routes_the_buyer_chooses_where_the_merchant_wants_it() {
        Scenario story = story().checkout(form(choosing(route("PAYONE"), route("CLEO"))));

        assertThat(story.reason()).isEqualTo(Reason.METHOD_AWAITED);
        assertThat(story.view().methods()).containsExactly("PAYONE", "CLEO");

        story.chooses("CLEO", choosing(route("PAYONE"), route("CLEO")));

        assertThat(story.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.provider()).isEqualTo("CLEO"));
        assertThat(story.calls().getFirst().buyer()).containsExactly(Fixtures.sealed(1), Fixtures.sealed(2));
    }

    @Test
    void without_a_route_the_payment_is_not_paid_and_a_new_checkout_may_try_again() {
        Scenario story = story().checkout(form(plan(ineligible("PAYONE"))));

        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.reason()).isEqualTo(Reason.NO_ELIGIBLE_ROUTE);
        assertThat(story.checkout(form(plan(route("PAYONE")))).kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @Test
    void a_held_form_is_reviewed_and_nothing_is_sent() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), UNLISTED));

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.commands()).isEmpty();
        assertThat(story.dossier().openCases()).singleElement().satisfies(open -> {
            assertThat(open.kind()).isEqualTo(CaseKind.UNDER_REVIEW);
            assertThat(open.detail()).isEqualTo("host-not-listed: pay.example.net");
        });
    }

    @Test
    void two_persons_release_a_held_form_and_its_time_begins_then() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), UNLISTED))
                .later(Duration.ofHours(3))
                .decides(Act.ReviewDecision.ACCEPT);

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.calls()).hasSize(1);
        assertThat(story.dossier().openCases()).isEmpty();
        assertThat(story.dossier().order().timeEnds()).isEqualTo(Fixtures.START.plus(Duration.ofHours(27)));
    }

    @Test
    void the_same_order_with_another_amount_is_refused_and_recorded() {
        Scenario story = story().checkout(form(plan(route("PAYONE"))));
        PaymentState before = story.state();

        story.checkout(form(cad("1.00"), "key-a", plan(route("PAYONE"))));

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.decision().code()).isEqualTo("checkout-content-differs");
        assertThat(story.state().sequence()).isEqualTo(before.sequence() + 1);
        assertThat(story.dossier().order().amount()).isEqualTo(Fixtures.PRICE);
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void the_same_form_again_leads_to_the_same_page() {
        Scenario story = Scenario.atProvider(route("PAYONE")).checkout(form(plan(route("PAYONE"))));

        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.calls()).hasSize(1);
        assertThat(story.view().attempts())
                .singleElement()
                .satisfies(shown -> assertThat(shown.usablePage()).isTrue());
    }

    @Test
    void a_single_use_page_is_not_shown_to_a_second_tab() {
        Scenario story = Scenario.atProvider(singleUse("PAYONE"));
        assertThat(story.view().attempts().getFirst().usablePage()).isTrue();

        story.checkout(form(plan(singleUse("PAYONE"))));

        assertThat(story.reason()).isEqualTo(Reason.PAGE_WITHDRAWN);
        assertThat(story.view().attempts().getFirst().usablePage()).isFalse();
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.view().olderMayStillBePaid()).isTrue();
    }

    @Test
    void an_expired_page_is_not_shown() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .later(Duration.ofMinutes(30))
                .checkout(form(plan(route("PAYONE"))));

        assertThat(story.view().attempts().getFirst().usablePage()).isFalse();
    }

    @Test
    void a_checkout_after_a_decline_starts_the_next_attempt_with_the_new_settings() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(DECLINED, "tx-1", null);
        PaymentPlan edited = new PaymentPlan(
                "revision-2",
                "catalogue-1",
                List.of(route("CLEO")),
                Duration.ofHours(24),
                NoWordPolicy.FAILED,
                true,
                false);

        story.checkout(form(edited));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.attempt(1).settingsRevision()).isEqualTo("revision-1");
        assertThat(story.attempt(2).settingsRevision()).isEqualTo("revision-2");
        assertThat(story.calls().getLast().provider()).isEqualTo("CLEO");
    }

    @Test
    void a_checkout_while_an_older_attempt_may_still_be_paid_asks_for_confirmation() {
        Scenario story = Scenario.atProvider(route("PAYONE")).givesUp().checkout(form(plan(route("PAYONE"))));

        assertThat(story.reason()).isEqualTo(Reason.CONFIRMATION_AWAITED);
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.details(plan(route("PAYONE"))).reason()).isEqualTo(Reason.CONFIRMATION_NEEDED);
        assertThat(story.asksAgain(true, plan(route("PAYONE"))).kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.dossier().attempts()).hasSize(2);
    }

    @Test
    void there_are_at_most_eight_attempts() {
        Scenario story = story().checkout(form(plan(route("PAYONE"))));
        for (int attempt = 1; attempt <= Dossier.MAX_ATTEMPTS; attempt++) {
            story.pageOpened("tx-" + attempt).webhook(DECLINED, "tx-" + attempt, null);
            if (attempt < Dossier.MAX_ATTEMPTS) {
                story.checkout(form(plan(route("PAYONE"))));
            }
        }

        story.checkout(form(plan(route("PAYONE"))));

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.ATTEMPTS_EXHAUSTED);
        assertThat(story.view().mayAskAgain()).isFalse();
    }

    @Test
    void no_attempt_begins_while_one_that_moves_money_is_undecided() {
        Scenario story = story().checkout(form(plan(movingMoney("NEOSURF"), route("PAYONE"))))
                .givesUp()
                .checkout(form(plan(route("PAYONE"))));

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.MOVES_MONEY_UNDECIDED);
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void an_approved_payment_stays_approved_when_its_form_comes_again() {
        Scenario story = Scenario.approved().checkout(form(plan(route("PAYONE"))));

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.verdict()).isEqualTo(Verdict.NOTED);
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void the_shop_is_told_with_the_key_that_last_verified_its_form() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .checkout(form(Fixtures.PRICE, "key-b", plan(route("PAYONE"))))
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.told())
                .singleElement()
                .satisfies(told -> assertThat(told.mozelloKeyId()).isEqualTo("key-b"));
    }

    @Test
    void the_shop_is_asked_before_money_where_the_form_says_so() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), COMPARE));

        assertThat(story.kind()).isEqualTo(StateKind.VERIFYING);
        Command.CompareOrder question =
                story.commands(Command.CompareOrder.class).getFirst();
        assertThat(question.amount()).isEqualTo(Fixtures.PRICE);
        assertThat(story.calls()).isEmpty();

        story.take(new Fact.ShopAnswered(question.id(), new ShopOutcome.OrderMatches()));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.calls()).hasSize(1);
    }

    @Test
    void an_order_that_the_shop_describes_otherwise_is_reviewed() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), COMPARE))
                .take(new Fact.ShopAnswered("question", new ShopOutcome.OrderDiffers(List.of("total"))));

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.dossier().openCases().getFirst().detail()).isEqualTo("total");
        assertThat(story.calls()).isEmpty();
    }

    @Test
    void a_silent_shop_is_asked_again_and_then_a_person_must_look() {
        Scenario story = story().checkout(form(plan(route("PAYONE")), COMPARE));
        for (int asked = 1; asked <= Limits.MAX_SHOP_RETRIES; asked++) {
            story.fires(TimerKind.CASHIER_ANSWER).fires(TimerKind.CASHIER_RETRY);
        }

        story.fires(TimerKind.CASHIER_ANSWER);

        assertThat(story.commands(Command.CompareOrder.class)).hasSize(1 + Limits.MAX_SHOP_RETRIES);
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.dossier().openCases().getFirst().reason()).isEqualTo("shop-unreachable");
    }

    @Test
    void an_exact_repeat_changes_nothing() {
        Scenario story = story();
        Event form = story.event("form-1", form(plan(route("PAYONE"))));
        PaymentState before = story.take(form).state();

        story.take(form);

        assertThat(story.verdict()).isEqualTo(Verdict.REPEATED);
        assertThat(story.state()).isSameAs(before);
        assertThat(story.decision().commands()).isEmpty();
    }

    @Test
    void payment_time_never_runs_backwards() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        var before = story.state().time();

        story.later(Duration.ofHours(-1)).webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.state().time()).isEqualTo(before);
    }

    @Test
    void an_event_of_another_environment_or_merchant_is_refused() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        Event foreign = new Event(
                "foreign", Fixtures.PAYMENT, "other-shop", Environment.SANDBOX, story.now(), new Fact.BuyerGaveUp());

        assertThat(story.take(foreign).reason()).isEqualTo(Reason.OTHER_MERCHANT);
        assertThat(story.inProduction().givesUp().reason()).isEqualTo(Reason.OTHER_ENVIRONMENT);
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @Test
    void an_event_without_a_payment_begins_none() {
        Scenario story = story().givesUp();

        assertThat(story.stateOrNull()).isNull();
        assertThat(story.reason()).isEqualTo(Reason.PAYMENT_UNKNOWN);
    }
}
