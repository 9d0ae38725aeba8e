package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.movingMoney;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are the outcome themselves and name no transaction (payments, "Calling the Cashier"). */
class UnnamedAnswerTest {
    private static final AnswerLost LOST = new AnswerLost("answer-lost", List.of());

    @Test
    void money_of_an_unnamed_answer_is_that_of_the_only_transaction_which_a_webhook_names() {
        Scenario story = redeeming().answer(unnamed(APPROVED));
        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);

        story.webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.reason()).isEqualTo(Reason.APPROVED_BEFORE);
        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void an_unnamed_answer_speaks_of_the_transaction_that_a_webhook_named_before_it() {
        Scenario story = redeeming().webhook(APPROVED, "tx-1", "100.00").answer(unnamed(APPROVED));

        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.attempt(1).transactions()).hasSize(1);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void a_transaction_that_was_counted_unnamed_and_is_declined_by_its_name_is_a_reversal() {
        Scenario story = redeeming().answer(unnamed(APPROVED)).webhook(DECLINED, "tx-1", null);

        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.openCases()).containsExactly(CaseKind.REVERSAL);
    }

    @Test
    void money_that_was_counted_unnamed_and_turns_out_to_be_less_opens_a_case() {
        Scenario story = redeeming().answer(unnamed(APPROVED)).webhook(APPROVED, "tx-1", "80.00");

        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionStatus.class,
            names = {"PENDING", "DECLINED"})
    void an_unnamed_answer_without_money_and_the_name_that_follows_are_one_transaction(TransactionStatus status) {
        Scenario story = redeeming().answer(unnamed(status));
        int attempt = 1;

        story.webhook(attempt, Fixtures.webhook(APPROVED, "tx-1", "100.00"));

        assertThat(story.attempt(attempt).transactions()).hasSize(1);
        assertThat(story.kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
    }

    @Test
    void a_call_that_was_never_sent_made_no_transaction() {
        Scenario story = redeeming()
                .answer(new NotSent("connect"))
                .fires(TimerKind.CASHIER_RETRY)
                .answer(unnamed(APPROVED))
                .webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.reason()).isEqualTo(Reason.APPROVED_BEFORE);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void of_a_page_the_first_name_may_be_other_money_and_people_decide() {
        Scenario story = opening().answer(unnamed(APPROVED)).webhook(APPROVED, "tx-1", "100.00");

        assertThat(story.reason()).isEqualTo(Reason.MAY_BE_COUNTED);
        assertThat(story.dossier().approvedSum()).as("counted once").isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
        assertThat(story.toldStatuses()).containsExactly(NotifyStatus.APPROVED);
    }

    @Test
    void of_a_page_no_later_name_is_counted_either() {
        Scenario story = opening()
                .answer(LOST)
                .answer(unnamed(APPROVED))
                .webhook(APPROVED, "tx-1", "100.00")
                .webhook(APPROVED, "tx-2", "100.00");

        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW, CaseKind.UNDER_REVIEW);
    }

    @Test
    void of_a_page_a_declined_name_takes_nothing_from_money_that_was_counted() {
        Scenario story = opening().answer(LOST).answer(unnamed(APPROVED)).webhook(DECLINED, "tx-1", null);

        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).isEmpty();
    }

    @Test
    void of_a_page_unnamed_money_may_be_that_of_a_webhook_and_people_decide() {
        Scenario story = opening().webhook(APPROVED, "tx-1", "100.00");

        story.answer(story.calls().getLast(), unnamed(APPROVED));

        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
    }

    @Test
    void a_stand_in_for_a_name_is_never_looked_for_by_webhooks() {
        Scenario story = redeeming().answer(unnamed(PENDING)).webhook(PENDING, "tx-1", null);

        assertThat(story.commands(Command.IndexTransaction.class))
                .extracting(Command.IndexTransaction::transactionId)
                .containsExactly("tx-1");
    }

    @Test
    void the_same_unnamed_answer_of_a_repeated_call_changes_nothing() {
        Scenario story = redeeming().answer(unnamed(APPROVED)).answer(unnamed(APPROVED));

        assertThat(story.dossier().approvedSum()).isEqualTo(Fixtures.PRICE);
        assertThat(story.attempt(1).transactions()).hasSize(1);
        assertThat(story.openCases()).isEmpty();
    }

    private static AnsweredAtOnce unnamed(TransactionStatus status) {
        return status == APPROVED
                ? new AnsweredAtOnce(APPROVED, List.of(), new BigDecimal("100.0000"), "CAD")
                : new AnsweredAtOnce(status, List.of(), null, null);
    }

    private static Scenario opening() {
        return story().checkout(form(plan(route("PAYONE"))));
    }

    /** One call, which moves money and is never made again. */
    private static Scenario redeeming() {
        return story().checkout(form(plan(movingMoney("NEOSURF"))));
    }
}
