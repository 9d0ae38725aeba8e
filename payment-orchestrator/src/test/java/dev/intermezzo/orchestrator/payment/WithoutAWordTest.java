package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Fixtures.silentPlan;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * A provider that never says a word, as BRITE is documented: no webhook and nothing to ask. Its payments end as "no word" of
 * the table in payments, "What the shop and the buyer are told", and never with an outcome that nobody reported.
 */
class WithoutAWordTest {

    private static final PlannedRoute SILENT = route("BRITE");

    private static Scenario atSilentProvider() {
        return Scenario.atProvider(SILENT);
    }

    @Test
    void its_attempt_expires_with_the_order_and_the_shop_waits_for_the_late_window() {
        Scenario story = atSilentProvider().fires(TimerKind.ORDER_TIME);

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.EXPIRED);
        assertThat(story.told()).isEmpty();

        story.fires(TimerKind.LATE_WINDOW);

        assertThat(story.told()).singleElement().satisfies(told -> {
            assertThat(told.status()).isEqualTo(NotifyStatus.FAILED);
            assertThat(told.checkPending())
                    .as("an order paid by hand stays paid")
                    .isTrue();
        });
        assertThat(story.kind()).isEqualTo(StateKind.NOT_PAID);
        assertThat(story.attempt(1).status()).as("nobody said declined").isEqualTo(AttemptStatus.EXPIRED);
        assertThat(story.state().time())
                .isEqualTo(Fixtures.START.plus(Duration.ofHours(24)).plus(SILENT.lateWindow()));
    }

    @Test
    void a_merchant_who_wants_silence_has_nothing_said_in_the_providers_name() {
        Scenario story = story().checkout(form(silentPlan(SILENT)))
                .pageOpened("tx-1")
                .fires(TimerKind.ORDER_TIME)
                .fires(TimerKind.LATE_WINDOW);

        assertThat(story.told()).isEmpty();
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void a_buyer_who_goes_back_to_the_shop_is_no_decline() {
        Scenario story = atSilentProvider().givesUp();

        assertThat(story.told()).isEmpty();
        assertThat(story.attempt(1).status()).isNotIn(AttemptStatus.DECLINED, AttemptStatus.REFUSED);

        story.fires(TimerKind.ORDER_TIME).fires(TimerKind.LATE_WINDOW);

        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.FAILED);
    }

    @Test
    void before_another_attempt_the_buyer_confirms_that_nothing_was_paid() {
        Scenario story = atSilentProvider();

        assertThat(story.view().olderMayStillBePaid()).isTrue();
        assertThat(story.asksAgain(false, plan(SILENT)).calls()).hasSize(1);
        assertThat(story.asksAgain(true, plan(SILENT)).calls()).hasSize(2);
    }

    @Test
    void an_answer_that_calls_the_payment_pending_is_no_outcome() {
        Scenario story = story().checkout(form(plan(SILENT)))
                .answer(new AnsweredAtOnce(TransactionStatus.PENDING, List.of("tx-1"), null, null))
                .fires(TimerKind.ORDER_TIME);

        assertThat(story.attempt(1).status()).isEqualTo(AttemptStatus.EXPIRED);
        assertThat(story.told()).isEmpty();
    }

    enum Act {
        GIVES_UP,
        ASKS_AGAIN,
        SAME_FORM_AGAIN,
        PAGE_OPENED,
        ANSWER_LOST,
        TIME_PASSES
    }

    @Property(tries = 500)
    void whatever_buyer_and_time_do_no_outcome_is_invented(@ForAll @Size(max = 12) List<Act> acts) {
        Scenario story = atSilentProvider();
        List<AttemptStatus> seen = new ArrayList<>();

        for (Act act : acts) {
            take(story, act);
            story.dossier().attempts().forEach(attempt -> seen.add(attempt.status()));
        }

        assertThat(seen).doesNotContain(AttemptStatus.APPROVED, AttemptStatus.DECLINED);
        assertThat(story.toldStatuses()).doesNotContain(NotifyStatus.APPROVED);
        assertThat(story.kind()).isNotEqualTo(StateKind.APPROVED);
    }

    private static void take(Scenario story, Act act) {
        switch (act) {
            case GIVES_UP -> story.givesUp();
            case ASKS_AGAIN -> story.asksAgain(true, plan(SILENT));
            case SAME_FORM_AGAIN -> story.checkout(form(plan(SILENT)));
            case PAGE_OPENED -> story.pageOpened("tx-" + story.calls().size());
            case ANSWER_LOST -> story.answer(new CashierOutcome.AnswerLost("deadline", List.of()));
            case TIME_PASSES ->
                story.dossier().timers().stream()
                        .map(ArmedTimer::kind)
                        .findFirst()
                        .ifPresent(story::fires);
        }
    }
}
