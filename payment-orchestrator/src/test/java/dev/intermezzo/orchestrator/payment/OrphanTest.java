package dev.intermezzo.orchestrator.payment;

import static dev.intermezzo.orchestrator.payment.Fixtures.form;
import static dev.intermezzo.orchestrator.payment.Fixtures.plan;
import static dev.intermezzo.orchestrator.payment.Fixtures.route;
import static dev.intermezzo.orchestrator.payment.Scenario.story;
import static dev.intermezzo.orchestrator.payment.TransactionStatus.APPROVED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Approved money that belongs to no payment, and how people settle it (payments §3). */
class OrphanTest {

    @Test
    void an_approval_for_an_attempt_that_does_not_exist_is_kept_as_an_orphan() {
        Scenario story = Scenario.atProvider(route("PAYONE")).webhook(5, Fixtures.webhook(APPROVED, "tx-9", "100.00"));

        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
        assertThat(story.openCases()).containsExactly(CaseKind.ORPHAN_PAYMENT);
    }

    @Test
    void approved_money_without_a_payment_is_an_orphan_that_two_persons_close() {
        Scenario story = story().take(new Fact.WebhookOrphaned(Fixtures.webhook(APPROVED, "tx-1", "100.00")));
        assertThat(story.kind()).isEqualTo(StateKind.ORPHAN);
        String caseId = Fixtures.PAYMENT + "#1.1";

        assertThat(story.actAlone(new Act.CaseResolved(caseId, "refunded by hand"))
                        .reason())
                .isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(story.act(new Act.CaseResolved(caseId, "refunded by hand")).verdict())
                .isEqualTo(Verdict.APPLIED);
        assertThat(story.checkout(form(plan(route("PAYONE")))).reason()).isEqualTo(Reason.NOT_A_PAYMENT);
    }

    @Test
    void two_persons_attach_an_orphan_of_equal_money() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        WebhookFacts orphan = Fixtures.webhook(APPROVED, "tx-9", "100.00");

        assertThat(story.actAlone(new Act.OrphanAttached("orphan", orphan)).reason())
                .isEqualTo(Reason.SECOND_PERSON_NEEDED);
        assertThat(story.act(new Act.OrphanAttached("orphan", Fixtures.webhook(APPROVED, "tx-9", "5.00")))
                        .reason())
                .isEqualTo(Reason.ORPHAN_MONEY_DIFFERS);
        assertThat(story.act(new Act.OrphanAttached("orphan", orphan)).kind()).isEqualTo(StateKind.APPROVED);
        assertThat(story.act(new Act.OrphanAttached("orphan", orphan)).reason())
                .isEqualTo(Reason.ORPHAN_ATTACHED_BEFORE);
    }

    @Test
    void an_orphan_of_an_account_that_the_payment_never_used_is_not_attached() {
        Scenario story = Scenario.atProvider(route("PAYONE"));
        WebhookFacts foreign =
                Fixtures.webhook("other-account", APPROVED, "tx-9", "100.00", "CAD", null, WebhookShape.YEAR_2026);

        assertThat(story.act(new Act.OrphanAttached("orphan", foreign)).reason())
                .isEqualTo(Reason.ORPHAN_NOT_ATTACHABLE);
        assertThat(story.kind()).isEqualTo(StateKind.IN_PROGRESS);
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLINED", "PENDING", "UNKNOWN"})
    void an_orphan_that_nobody_approved_is_not_attached(TransactionStatus status) {
        Scenario story = Scenario.atProvider(route("PAYONE"));

        assertThat(story.act(new Act.OrphanAttached("orphan", Fixtures.webhook(status, "tx-9", "100.00")))
                        .reason())
                .isEqualTo(Reason.ORPHAN_NOT_ATTACHABLE);
    }
}
