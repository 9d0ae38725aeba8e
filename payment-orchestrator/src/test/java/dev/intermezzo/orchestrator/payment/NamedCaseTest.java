package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.cad;
import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.Act.ReviewDecision;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two persons decide about the case that both looked at, and about no other (payments §3, §4). */
class NamedCaseTest {
    private static final HoldReason UNLISTED = new HoldReason("host-not-listed", "pay.example.net");

    /** Of 100.00 that were asked, two transactions of one attempt say something else. */
    private static Scenario twoDoubts() {
        return Scenario.atProvider(route("PAYONE"))
                .webhook(APPROVED, "tx-1", "90.00")
                .webhook(APPROVED, "tx-2", "80.00");
    }

    /** The buyer came back with a form that is held, and then the first attempt's money came, less than was asked. */
    private static Scenario heldAndInDoubt() {
        Scenario story = Scenario.atProvider(route("PAYONE")).givesUp();
        return story.later(Duration.ofMinutes(10))
                .checkout(form(plan(route("PAYONE")), UNLISTED))
                .webhook(1, Fixtures.webhook(APPROVED, "tx-1", "90.00"));
    }

    private static String open(Scenario story, int index) {
        return story.dossier().openCases().get(index).id();
    }

    @Test
    void the_money_of_the_case_that_is_named_is_accepted_though_another_is_older() {
        Scenario story = twoDoubts();

        story.decides(ReviewDecision.ACCEPT, open(story, 1));

        assertThat(story.reason()).isEqualTo(Reason.REVIEW_ACCEPTED);
        assertThat(story.dossier().approvedSum()).isEqualTo(cad("80.00"));
        assertThat(story.dossier().openCases())
                .singleElement()
                .satisfies(other -> assertThat(other.transactionId()).isEqualTo("tx-1"));
    }

    @Test
    void the_money_of_the_case_that_is_named_goes_back_and_the_other_keeps_the_payment_under_review() {
        Scenario story = twoDoubts();

        story.decides(ReviewDecision.REFUND, open(story, 1));

        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW, CaseKind.SURPLUS_PAYMENT);
        assertThat(story.dossier().openCases().getLast().received()).isEqualTo(cad("80.00"));
    }

    @Test
    void an_act_of_an_older_build_names_no_case_and_decides_the_oldest() {
        Scenario story = twoDoubts().decides(ReviewDecision.ACCEPT);

        assertThat(story.dossier().approvedSum()).isEqualTo(cad("90.00"));
        assertThat(story.dossier().openCases())
                .singleElement()
                .satisfies(other -> assertThat(other.transactionId()).isEqualTo("tx-2"));
    }

    @ParameterizedTest
    @EnumSource
    void a_case_that_nobody_knows_is_refused_and_no_other_is_taken_for_it(ReviewDecision decision) {
        Scenario story = twoDoubts();
        List<Case> before = story.dossier().cases();

        story.decides(decision, "no-such-case");

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.CASE_UNKNOWN);
        assertThat(story.dossier().cases()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_decided_before_is_refused_though_another_case_is_open(ReviewDecision again) {
        Scenario story = twoDoubts();
        String first = open(story, 0);
        story.decides(ReviewDecision.REJECT, first);
        List<Case> before = story.dossier().cases();

        story.decides(again, first);

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.CASE_RESOLVED_BEFORE);
        assertThat(story.dossier().cases()).isEqualTo(before);
    }

    @Test
    void a_doubt_about_a_refund_is_closed_by_agreement_and_decides_no_review() {
        Scenario story = Scenario.atProvider(route("PAYONE"))
                .webhook(APPROVED, "tx-1", "90.00")
                .decides(ReviewDecision.REFUND)
                .act(new Act.RefundRequested("r-1", cad("90.00"), "PAYONE", Fixtures.ACCOUNT, List.of()))
                .payOutAnswer(new AnswerLost("lost", List.of()))
                .webhook(1, Fixtures.webhook(APPROVED, "tx-2", "80.00"));
        String doubt = story.dossier().openCases().stream()
                .filter(each -> each.reason().equals("refund-unknown"))
                .findFirst()
                .orElseThrow()
                .id();

        story.decides(ReviewDecision.REJECT, doubt);

        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.reason()).isEqualTo(Reason.CASE_NEEDS_NO_DECISION);
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
    }

    @Test
    void a_payment_that_is_not_under_review_has_nothing_to_decide() {
        Scenario paid = Scenario.approved().webhook(APPROVED, "tx-2", "80.00");
        String doubt = open(paid, 0);

        paid.decides(ReviewDecision.ACCEPT, doubt);

        assertThat(paid.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(paid.reason()).isEqualTo(Reason.NOT_UNDER_REVIEW);
    }

    @Test
    void a_reversal_is_no_review() {
        Scenario story = Scenario.approved().webhook(DECLINED, "tx-1", null);

        story.decides(ReviewDecision.ACCEPT, open(story, 0));

        assertThat(story.reason()).isEqualTo(Reason.CASE_NEEDS_NO_DECISION);
    }

    @Test
    void a_hold_that_is_lifted_does_not_let_the_payment_go_on_over_a_doubt_that_nobody_looked_at() {
        Scenario story = heldAndInDoubt();
        String doubt = open(story, 1);

        story.decides(ReviewDecision.ACCEPT, open(story, 0));

        assertThat(story.reason()).isEqualTo(Reason.REVIEW_ACCEPTED);
        assertThat(story.kind()).isEqualTo(StateKind.UNDER_REVIEW);
        assertThat(story.calls()).hasSize(1);
        assertThat(open(story, 0)).isEqualTo(doubt);
    }

    @Test
    void the_last_hold_that_is_lifted_lets_the_payment_go_on() {
        Scenario story = heldAndInDoubt();
        String hold = open(story, 0);

        story.decides(ReviewDecision.REJECT, open(story, 1)).decides(ReviewDecision.ACCEPT, hold);

        assertThat(story.openCases()).isEmpty();
        assertThat(story.kind()).isIn(StateKind.AWAITING_BUYER, StateKind.IN_PROGRESS);
    }

    @Test
    void an_act_of_an_older_build_lifts_the_hold_and_goes_on() {
        Scenario story = heldAndInDoubt().decides(ReviewDecision.ACCEPT);

        assertThat(story.kind()).isIn(StateKind.AWAITING_BUYER, StateKind.IN_PROGRESS);
        assertThat(story.openCases()).containsExactly(CaseKind.UNDER_REVIEW);
    }

    @Test
    void one_person_decides_no_named_case_either() {
        Scenario story = twoDoubts();

        story.actAlone(new Act.ReviewDecided(ReviewDecision.ACCEPT, "", open(story, 0)));

        assertThat(story.reason()).isEqualTo(Reason.SECOND_PERSON_NEEDED);
    }
}
