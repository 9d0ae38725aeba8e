package dev.intermezzo.sandbox.check;

import static org.assertj.core.api.Assertions.assertThat;

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
}
