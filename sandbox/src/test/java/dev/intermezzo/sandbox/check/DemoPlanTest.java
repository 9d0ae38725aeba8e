package dev.intermezzo.sandbox.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.faults.WebhookFault;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoPlanTest {

    @Test
    void a_seed_always_gives_the_same_plan_and_another_seed_another() {
        assertThat(DemoPlan.of(7, 200)).isEqualTo(DemoPlan.of(7, 200));
        assertThat(DemoPlan.of(7, 200)).isNotEqualTo(DemoPlan.of(8, 200));
    }

    @Test
    void the_whole_mix_holds_every_scenario_and_every_fault_but_the_hangs() {
        // When
        DemoPlan plan = DemoPlan.of(1, DemoPlan.WHOLE_MIX);

        // Then
        Set<Scenario> scenarios =
                plan.payments().stream().map(PlannedPayment::scenario).collect(Collectors.toSet());
        assertThat(scenarios).isEqualTo(EnumSet.allOf(Scenario.class));
        assertThat(Misfortunes.promised(plan))
                .containsExactlyInAnyOrder(
                        "cashier-delay",
                        "cashier-500",
                        "lost-answer",
                        "webhook-before-answer",
                        "duplicate-webhook",
                        "reordered-webhook",
                        "unknown-status",
                        "wrong-amount",
                        "unknown-transaction",
                        "shop-500",
                        "shop-lost-answer",
                        "double-click",
                        "details-missing");
    }

    @Test
    void a_drawn_fault_never_changes_an_outcome() {
        // When / Then: a wrong amount belongs to its own scenario only
        assertThat(DemoPlan.of(3, 2_000).payments())
                .allSatisfy(payment -> assertThat(payment.faults().ids().contains("wrong-amount"))
                        .isEqualTo(payment.scenario() == Scenario.WRONG_AMOUNT));
    }

    @Test
    void through_every_provider_outcomes_and_misfortunes_stay_and_each_has_a_payment_that_is_approved() {
        // Given
        DemoPlan usual = DemoPlan.of(5, DemoPlan.WHOLE_MIX);

        // When
        DemoPlan plan = usual.throughEveryProvider();

        // Then
        assertThat(plan.payments())
                .extracting(PlannedPayment::scenario)
                .isEqualTo(
                        usual.payments().stream().map(PlannedPayment::scenario).toList());
        assertThat(plan.payments())
                .extracting(PlannedPayment::faults)
                .isEqualTo(usual.payments().stream().map(PlannedPayment::faults).toList());
        assertThat(plan.payments().stream()
                        .filter(payment -> payment.scenario() == Scenario.APPROVED)
                        .map(PlannedPayment::provider)
                        .collect(Collectors.toSet()))
                .isEqualTo(EnumSet.of(Psp.PAYONE, Psp.FORUMPAY, Psp.TRUST, Psp.CLEO, Psp.GIGADAT, Psp.WORLDPAY_EU));
    }

    @Test
    void what_another_provider_could_not_be_asked_stays_with_the_first() {
        assertThat(DemoPlan.of(3, 2_000).throughEveryProvider().payments()).allSatisfy(payment -> {
            if (payment.provider() != Psp.PAYONE) {
                assertThat(payment.scenario()).isIn(Scenario.APPROVED, Scenario.DECLINED);
                assertThat(payment.faults().webhook()).isNotEqualTo(WebhookFault.UNKNOWN_TRANSACTION);
            }
            assertThat(payment.amount().compareTo(new BigDecimal("300.00")) >= 0)
                    .as("an order of 300 CAD and more is led to Gigadat")
                    .isEqualTo(payment.provider() == Psp.GIGADAT);
        });
    }
}
