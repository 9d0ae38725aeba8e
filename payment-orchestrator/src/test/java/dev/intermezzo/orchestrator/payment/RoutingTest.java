package dev.intermezzo.orchestrator.payment;

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
import java.util.List;
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
}
