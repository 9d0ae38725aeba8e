package dev.intermezzo.sandbox.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.WebhookFault;
import dev.intermezzo.sandbox.shop.NotifyEffect;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {

    private static final Duration LATER = Duration.ofSeconds(3);

    @Test
    void payments_that_went_as_planned_are_all_right() {
        // Given
        Journals journals = everyOutcome();

        // When
        DemoReport report = journals.report();

        // Then
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.approved()).isEqualTo(2);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.underReview()).isEqualTo(1);
        assertThat(report.surplus()).isEqualTo(1);
        assertThat(report.expected()).isEqualTo(report.actual());
        assertThat(Checker.open(journals.plan(), journals.evidence())).isZero();
    }

    @Test
    void a_message_that_never_reached_the_shop_is_lost() {
        // Given
        Journals journals = everyOutcome().untold(1);

        // When
        DemoReport report = journals.report();

        // Then
        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.wrong()).isEqualTo(1);
        assertThat(report.contradicted()).isZero();
        assertThat(Checker.open(journals.plan(), journals.evidence())).isEqualTo(1);
    }

    @Test
    void a_message_with_a_wrong_signature_did_not_reach_the_shop() {
        // Given
        Journals journals = everyOutcome().untold(1).told(1, "approved", NotifyEffect.REFUSED_SIGNATURE, LATER, false);

        // When / Then
        assertThat(journals.report().lost()).isEqualTo(1);
    }

    @Test
    void a_parked_message_is_not_lost_and_yet_not_right() {
        // Given
        Journals journals = everyOutcome().untold(1).parked(1);

        // When
        DemoReport report = journals.report();

        // Then
        assertThat(report.lost()).isZero();
        assertThat(report.parked()).isEqualTo(1);
        assertThat(report.wrong()).isEqualTo(1);
    }

    @Test
    void a_second_charge_is_a_duplicate() {
        // Given
        Journals journals = everyOutcome().charged(1, "second");

        // When
        DemoReport report = journals.report();

        // Then
        assertThat(report.duplicated()).isEqualTo(1);
        assertThat(report.wrong()).isEqualTo(1);
    }

    @Test
    void a_second_status_change_is_a_duplicate_and_a_repeated_post_is_not() {
        // Given
        Journals repeated = everyOutcome().told(1, "approved", NotifyEffect.REFUSED_NOT_PENDING, LATER);
        Journals changed = everyOutcome().order(1, PaymentStatus.PAID, 2);

        // When / Then
        assertThat(repeated.report().duplicated()).isZero();
        assertThat(repeated.report().wrong()).isZero();
        assertThat(changed.report().duplicated()).isEqualTo(1);
    }

    @Test
    void a_shop_that_says_the_opposite_of_the_truth_is_contradicted() {
        // Given
        Journals journals = everyOutcome().order(1, PaymentStatus.FAILED, 1).order(2, PaymentStatus.PAID, 1);

        // When
        DemoReport report = journals.report();

        // Then
        assertThat(report.contradicted()).isEqualTo(2);
        assertThat(report.wrong()).isEqualTo(2);
        assertThat(Checker.open(journals.plan(), journals.evidence())).isZero();
    }

    @Test
    void telling_the_shop_anything_about_a_payment_under_review_contradicts_the_truth() {
        // Given
        Journals journals = everyOutcome().order(4, PaymentStatus.PAID, 1);

        // When / Then
        assertThat(journals.report().contradicted()).isEqualTo(1);
    }

    @Test
    void a_surplus_without_a_case_and_a_case_without_a_reason_are_wrong() {
        // Given
        Journals noCase = new Journals()
                .planned(1, Scenario.SURPLUS, FaultPlan.NONE)
                .visited(1, Visit.Ending.SUCCESS)
                .order(1, PaymentStatus.PAID, 1)
                .told(1, "approved", NotifyEffect.CHANGED, LATER)
                .charged(1, "a")
                .charged(1, "b");
        Journals noReason = everyOutcome().open(1, "Reversal");

        // When / Then
        assertThat(noCase.report().wrong()).isEqualTo(1);
        assertThat(noReason.report().wrong()).isEqualTo(1);
    }

    @Test
    void a_buyer_on_the_wrong_last_page_is_wrong_though_the_shop_knows_the_truth() {
        // Given
        Journals journals = everyOutcome().visited(1, Visit.Ending.FAILURE);

        // When
        DemoReport report = journals.report();

        // Then
        assertThat(report.wrong()).isEqualTo(1);
        assertThat(report.contradicted()).isZero();
    }

    @Test
    void a_payment_that_never_began_is_wrong() {
        // Given
        Journals journals = everyOutcome().planned(9, Scenario.APPROVED, FaultPlan.NONE);

        // When / Then
        assertThat(journals.report().wrong()).isEqualTo(1);
    }

    @Test
    void a_pay_out_that_nobody_planned_fails_the_report() {
        // Given
        DemoReport report = everyOutcome().payOut("refund-1").report();

        // When / Then
        assertThat(report.payoutsExecuted()).isEqualTo(1);
        assertThat(report.ok()).isFalse();
    }

    @Test
    void one_refund_paid_out_twice_is_a_duplicate_and_two_refunds_are_not() {
        // Given
        DemoReport twice = everyOutcome().payOut("refund-1").payOut("refund-1").report();
        DemoReport two = everyOutcome().payOut("refund-1").payOut("refund-2").report();

        // When / Then
        assertThat(twice.doublePayouts()).isEqualTo(1);
        assertThat(twice.duplicated()).isEqualTo(1);
        assertThat(two.payoutsExecuted()).isEqualTo(2);
        assertThat(two.doublePayouts()).isZero();
        assertThat(two.duplicated()).isZero();
    }

    @Test
    void a_planned_fault_that_never_happened_fails_the_report() {
        // Given
        FaultPlan duplicate = FaultPlan.of(WebhookFault.DUPLICATE);
        Journals missing = new Journals().wentWell(1, Scenario.APPROVED, duplicate);
        Journals happened =
                new Journals().wentWell(1, Scenario.APPROVED, duplicate).webhook(1, "t1-0", "Approved");

        // When / Then
        assertThat(missing.report().missing()).containsExactly("duplicate-webhook");
        assertThat(missing.report().ok()).isFalse();
        assertThat(happened.report().faults()).containsEntry("duplicate-webhook", 1);
        assertThat(happened.report().ok()).isTrue();
    }

    @Test
    void times_leave_out_the_cashiers_own_and_count_from_the_webhook() {
        // Given
        Journals journals = new Journals().wentWell(1, Scenario.APPROVED, FaultPlan.NONE);

        // When
        DemoReport report = journals.report();

        // Then: 150 ms to the redirect of which the Cashier took 100; webhook at 1 s, told at 1.1 s
        assertThat(report.redirect().p50()).isEqualTo(Duration.ofMillis(50));
        assertThat(report.settled().p99()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void the_json_is_one_line_with_exactly_the_keys_of_the_contract() throws Exception {
        // Given
        String json = everyOutcome().report().toJson();

        // When
        JsonNode read = new ObjectMapper().readTree(json);

        // Then
        List<String> keys = new ArrayList<>();
        read.fieldNames().forEachRemaining(keys::add);
        assertThat(json).doesNotContain("\n");
        assertThat(keys)
                .containsExactly(
                        "payments",
                        "approved",
                        "failed",
                        "lost",
                        "duplicated",
                        "contradicted",
                        "wrong",
                        "expected",
                        "actual",
                        "under_review",
                        "parked",
                        "surplus",
                        "payouts_executed",
                        "double_payouts",
                        "providers",
                        "faults",
                        "turned_away",
                        "redirect_ms",
                        "settled_ms");
        assertThat(read.at("/redirect_ms/p50").decimalValue()).isEqualByComparingTo("50.0");
    }

    @Test
    void a_payment_that_was_opened_at_another_provider_than_planned_is_wrong() {
        // Given
        Journals journals = new Journals().wentWell(1, Scenario.APPROVED, FaultPlan.NONE);
        DemoPlan elsewhere = new DemoPlan(
                1,
                journals.plan().payments().stream()
                        .map(payment -> payment.through(Psp.TRUST))
                        .toList());

        // When
        DemoReport report = Checker.check(elsewhere, journals.evidence());

        // Then
        assertThat(report.wrong()).isEqualTo(1);
        assertThat(report.problems().getFirst()).contains("opened at [PAYONE] instead of TRUST");
        assertThat(report.missing()).contains("a payment by TRUST");
        assertThat(report.providers().get(Psp.PAYONE)).isEqualTo(new ProviderTally(0, 1, 1));
    }

    /** Payment 1 approved, 2 failed, 3 surplus, 4 under review; the fault that 4 needs has happened. */
    private static Journals everyOutcome() {
        return new Journals()
                .wentWell(1, Scenario.APPROVED, FaultPlan.NONE)
                .wentWell(2, Scenario.DECLINED, FaultPlan.NONE)
                .wentWell(3, Scenario.SURPLUS, FaultPlan.NONE)
                .wentWell(4, Scenario.WRONG_AMOUNT, FaultPlan.NONE);
    }
}
