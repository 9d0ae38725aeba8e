package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.cad;
import static dev.intermezzo.orchestrator.payment.Fixtures.choosing;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.ineligible;
import static dev.intermezzo.orchestrator.payment.Fixtures.missing;
import static dev.intermezzo.orchestrator.payment.Fixtures.movingMoney;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.RouteChoice.PassedOver;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Routes are tried in the merchant's order, each at most once, and only while the buyer waits. */
class RoutingTest {

    private static final Rejected NOT_CONFIGURED =
            new Rejected(RejectionCategory.RULE_OR_CONFIGURATION_MISSING, "no rule", List.of());
    private static final AnswerLost LOST = new AnswerLost("answer-lost", List.of());

    private static List<String> providers(Scenario story) {
        return story.calls().stream().map(Command.OpenPage::provider).toList();
    }

    @Test
    void routes_are_tried_in_their_order_each_once_and_then_the_payment_is_not_paid() {
        Scenario story =
                story().checkout(form(plan(ineligible("BRITE"), route("CLEO"), route("PAYONE"), route("TRUST"))));

        story.answer(NOT_CONFIGURED).answer(NOT_CONFIGURED).answer(NOT_CONFIGURED);

        assertThat(providers(story)).containsExactly("CLEO", "PAYONE", "TRUST");
        assertThat(story.dossier().attempts())
                .extracting(Attempt::status)
                .containsOnly(AttemptStatus.REFUSED)
                .hasSize(3);
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void a_fallback_never_goes_back_to_a_route_before_the_one_that_was_used() {
        Scenario story = story().checkout(form(plan(missing("CLEO", "phone"), route("PAYONE"), route("TRUST"))))
                .chooses("PAYONE", plan(route("CLEO"), route("PAYONE"), route("TRUST")));

        story.answer(NOT_CONFIGURED).answer(NOT_CONFIGURED);

        assertThat(providers(story)).containsExactly("PAYONE", "TRUST");
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
    }

    @Test
    void a_fallback_passes_over_what_asks_the_buyer_or_moves_money() {
        Scenario story = story().checkout(
                        form(plan(route("PAYONE"), missing("CLEO", "phone"), movingMoney("NEOSURF"), route("TRUST"))));

        story.answer(NOT_CONFIGURED);

        assertThat(providers(story)).containsExactly("PAYONE", "TRUST");
    }

    @Test
    void no_other_route_is_tried_for_a_buyer_who_has_left() {
        Scenario story =
                story().checkout(form(plan(route("PAYONE"), route("TRUST")))).givesUp();

        story.answer(NOT_CONFIGURED);

        assertThat(providers(story)).containsExactly("PAYONE");
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
    }

    @Test
    void of_a_buyer_who_has_left_a_lost_answer_is_not_asked_for_again() {
        Scenario story =
                story().checkout(form(plan(route("PAYONE"), route("TRUST")))).givesUp();

        story.answer(LOST);

        assertThat(providers(story)).containsExactly("PAYONE");
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
        assertThat(story.told()).isEmpty();
    }

    @Test
    void a_late_answer_of_an_attempt_that_was_left_behind_tries_no_route_beside_the_new_one() {
        Scenario story = story().checkout(form(plan(route("PAYONE"), route("TRUST"))))
                .answer(LOST)
                .answer(LOST);
        Command.OpenPage left = story.calls().get(1);
        assertThat(providers(story)).containsExactly("PAYONE", "PAYONE", "TRUST");

        story.answer(left, NOT_CONFIGURED);

        assertThat(story.calls()).hasSize(3);
        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.UNKNOWN);
    }

    // What is on record of a choice

    @Test
    void the_first_choice_says_why_it_was_made_and_why_earlier_routes_were_passed_over() {
        Scenario story = story().checkout(form(plan(ineligible("BRITE"), route("PAYONE"), route("CLEO"))));

        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        2, "first-in-order", "", List.of(new PassedOver(1, "not-eligible", List.of("currency")))));
    }

    @Test
    void a_route_that_waits_for_the_buyers_details_is_chosen_all_the_same() {
        Scenario story = story().checkout(form(plan(missing("PAYONE", "phone"), route("TRUST"))));

        assertThat(story.reason()).isEqualTo(Reason.DETAILS_AWAITED);
        assertThat(story.dossier().choice()).isEqualTo(new RouteChoice(1, "first-in-order", "", List.of()));
    }

    @Test
    void where_no_route_can_be_used_each_has_its_reason() {
        Scenario story = story().checkout(form(plan(ineligible("BRITE"), ineligible("CLEO"))));

        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        0,
                        "none-usable",
                        "",
                        List.of(
                                new PassedOver(1, "not-eligible", List.of("currency")),
                                new PassedOver(2, "not-eligible", List.of("currency")))));
    }

    @Test
    void a_buyer_who_is_asked_to_choose_is_not_offered_what_cannot_be_used() {
        Scenario story =
                story().checkout(form(choosing(route("PAYONE"), ineligible("BRITE"), missing("CLEO", "phone"))));

        assertThat(story.reason()).isEqualTo(Reason.METHOD_AWAITED);
        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        0, "buyer-is-asked", "", List.of(new PassedOver(2, "not-eligible", List.of("currency")))));
    }

    @Test
    void what_the_buyer_chose_is_their_choice_on_the_first_page_and_after_a_decline() {
        PaymentPlan plan = choosing(ineligible("BRITE"), route("PAYONE"), route("TRUST"));
        Scenario story = story().checkout(form(plan)).chooses("PAYONE", plan);
        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        2, "chosen-by-buyer", "", List.of(new PassedOver(1, "not-eligible", List.of("currency")))));

        story.pageOpened("tx-1")
                .webhook(TransactionStatus.DECLINED, "tx-1", "100.00")
                .asksAgain(true, "TRUST", plan);

        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        3,
                        "chosen-by-buyer",
                        "",
                        List.of(
                                new PassedOver(1, "not-eligible", List.of("currency")),
                                new PassedOver(2, "other-than-chosen", List.of()))));
    }

    @Test
    void a_fallback_says_after_what_it_came_and_why_each_route_between_was_passed_over() {
        Scenario story = story().checkout(form(plan(
                route("PAYONE"),
                ineligible("BRITE"),
                missing("CLEO", "phone", "lastName"),
                movingMoney("NEOSURF"),
                route("TRUST"))));

        story.answer(NOT_CONFIGURED);

        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        5,
                        "next-in-order",
                        "configuration-missing",
                        List.of(
                                new PassedOver(2, "not-eligible", List.of("currency")),
                                new PassedOver(3, "needs-from-buyer", List.of("phone", "lastName")),
                                new PassedOver(4, "moves-money", List.of()))));
    }

    @Test
    void where_only_routes_that_ask_the_buyer_are_left_the_record_says_so_and_the_buyer_is_offered_them() {
        Scenario story = story().checkout(form(plan(route("PAYONE"), missing("CLEO", "phone"))));

        story.answer(NOT_CONFIGURED);

        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(
                        0,
                        "none-left",
                        "configuration-missing",
                        List.of(new PassedOver(2, "needs-from-buyer", List.of("phone")))));
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.told())
                .as("the shop hears nothing while the order's time lasts")
                .isEmpty();
        assertThat(story.view().mayAskAgain()).isTrue();
        assertThat(story.view().methods()).contains("CLEO");
    }

    @Test
    void no_other_route_is_looked_for_when_nobody_waits_and_the_record_says_so() {
        Scenario story = story().checkout(form(plan(route("PAYONE"), route("TRUST"))))
                .givesUp()
                .answer(NOT_CONFIGURED);

        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(0, "buyer-not-waiting", "configuration-missing", List.of()));
    }

    @Test
    void no_other_route_is_looked_for_after_what_moves_money_and_the_record_says_so() {
        Scenario story = story().checkout(form(plan(movingMoney("NEOSURF"), route("PAYONE"))))
                .unsentAndMadeAgain(5)
                .answer(new CashierOutcome.NotSent("connect"));

        assertThat(providers(story)).containsOnly("NEOSURF");
        assertThat(story.dossier().choice()).isEqualTo(new RouteChoice(0, "moves-money", "call-not-sent", List.of()));
    }

    @Test
    void beyond_the_last_attempt_no_route_is_looked_for_and_the_record_says_so() {
        PlannedRoute[] nine = IntStream.rangeClosed(1, Dossier.MAX_ATTEMPTS + 1)
                .mapToObj(number -> route("PROVIDER_" + number))
                .toArray(PlannedRoute[]::new);
        Scenario story = story().checkout(form(plan(nine)));

        for (int attempt = 1; attempt <= Dossier.MAX_ATTEMPTS; attempt++) {
            story.answer(NOT_CONFIGURED);
        }

        assertThat(story.calls()).hasSize(Dossier.MAX_ATTEMPTS);
        assertThat(story.dossier().choice())
                .isEqualTo(new RouteChoice(0, "attempts-exhausted", "configuration-missing", List.of()));
    }

    @Test
    void a_choice_is_on_record_with_the_event_that_made_it_and_with_no_other() {
        Scenario story = story().checkout(form(plan(route("PAYONE"))));
        assertThat(story.dossier().choice()).isNotNull();

        story.checkout(form(cad("1.00"), "key-a", plan(route("PAYONE"))));

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.dossier().choice()).isNull();
        assertThat(story.pageOpened("tx-1").dossier().choice()).isNull();
    }
}
