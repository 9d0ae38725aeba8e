package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int PAYMENTS = 25;

    @Test
    void the_same_seed_gives_the_same_bytes() {
        Outcome first = Simulation.run(Plan.of(7, PAYMENTS));

        Outcome second = Simulation.run(Plan.of(7, PAYMENTS));

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(second.struck()).isEqualTo(first.struck());
    }

    @Test
    void another_seed_is_another_story() {
        assertThat(Simulation.run(Plan.of(7, PAYMENTS)).digest())
                .isNotEqualTo(Simulation.run(Plan.of(8, PAYMENTS)).digest());
    }

    @Test
    void without_faults_nothing_strikes() {
        Plan plan = new Plan(3, List.of(1, 2, 3), EnumSet.noneOf(FaultKind.class), fault -> true);

        Outcome outcome = Simulation.run(plan);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.events()).isPositive();
    }

    @Test
    void a_fault_that_is_not_allowed_does_not_strike_and_the_others_do() {
        Outcome whole = Simulation.run(Plan.of(5, PAYMENTS));
        FaultKind left = FaultKind.CRASH_AFTER_COMMIT;
        assertThat(whole.faults()).containsKey(left);

        Outcome without = Simulation.run(
                new Plan(5, Plan.of(5, PAYMENTS).orders(), EnumSet.complementOf(EnumSet.of(left)), fault -> true));

        assertThat(without.faults()).doesNotContainKey(left).hasSizeGreaterThan(8);
    }

    @Test
    void a_hundred_seeds_break_no_promise_and_reach_everything() {
        clean(1, 100);
    }

    @Test
    @Tag("full")
    void a_thousand_seeds_break_no_promise_and_reach_everything() {
        clean(101, 1_000);
    }

    /** How many: {@code -Dsimulator.seeds=N} (default 20,000), from {@code -Dsimulator.from=N}. */
    @Test
    @Tag("soak")
    void far_more_seeds_break_no_promise() {
        clean(Long.getLong("simulator.from", 1_000_000), Integer.getInteger("simulator.seeds", 20_000));
    }

    private static void clean(long from, int seeds) {
        Campaign campaign = new Campaign(PAYMENTS, EnumSet.allOf(FaultKind.class));
        for (long seed = from; seed < from + seeds; seed++) {
            Outcome outcome = campaign.run(seed);
            assertThat(outcome.violations())
                    .as(() -> "seed " + outcome.plan().seed() + "\n" + String.join("\n", outcome.history()))
                    .isEmpty();
        }
        assertThat(campaign.missed()).isEmpty();
    }
}
