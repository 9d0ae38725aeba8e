package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int PAYMENTS = 25;
    private static final List<Integer> SIZES = List.of(1, 25, 8, 60, 3, 40, 15, 48);
    private static final long SHORTENING_PAYMENTS = 2_000;

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
        Outcome outcome = Simulation.run(Plan.of(3, 3).withFaults(EnumSet.noneOf(FaultKind.class)));

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.events()).isPositive();
    }

    @Test
    void a_fault_that_is_not_allowed_does_not_strike_and_the_others_do() {
        Outcome whole = Simulation.run(Plan.of(5, PAYMENTS));
        FaultKind left = FaultKind.CRASH_AFTER_COMMIT;
        assertThat(whole.faults()).containsKey(left);

        Outcome without = Simulation.run(Plan.of(5, PAYMENTS).withFaults(EnumSet.complementOf(EnumSet.of(left))));

        assertThat(without.faults()).doesNotContainKey(left).hasSizeGreaterThan(8);
    }

    @Test
    void a_hundred_seeds_break_no_promise_and_reach_everything() {
        clean(1, 100, seed -> PAYMENTS);
    }

    @Test
    @Tag("full")
    void a_thousand_seeds_of_any_size_break_no_promise_and_reach_everything() {
        clean(101, 1_000, SimulationTest::size);
    }

    /** How many: {@code -Dsimulator.seeds=N} (default 20,000), from {@code -Dsimulator.from=N}. */
    @Test
    @Tag("soak")
    void far_more_seeds_break_no_promise() {
        clean(
                Long.getLong("simulator.from", 1_000_000),
                Integer.getInteger("simulator.seeds", 20_000),
                SimulationTest::size);
    }

    /** From one payment alone, whose every fault is its own, to a crowd that fills every batch; 25 on the average. */
    private static int size(long seed) {
        return SIZES.get((int) (seed % SIZES.size()));
    }

    /** Where each kind of fault must strike: one that strikes in one process says nothing of the others. */
    private static Set<String> wanted() {
        return Stream.of(
                        at(
                                List.of("cashier", "sender", "shop-executor", "once"),
                                FaultKind.DELAYED,
                                FaultKind.CRASH_BEFORE_CALL,
                                FaultKind.CRASH_AFTER_CALL,
                                FaultKind.CRASH_AFTER_REPORT,
                                FaultKind.PARTITION_MOVED),
                        // The edge, and the reports of the four kinds of executor.
                        at(
                                List.of("edge", "report", "send", "compare", "once"),
                                FaultKind.SEND_REPEATED,
                                FaultKind.SEND_UNANSWERED),
                        at(
                                List.of("orchestrator", "correlator", "notifier-schedule"),
                                FaultKind.DELAYED,
                                FaultKind.CRASH_BEFORE_COMMIT,
                                FaultKind.CRASH_AFTER_COMMIT,
                                FaultKind.PARTITION_MOVED))
                .flatMap(each -> each)
                .collect(Collectors.toSet());
    }

    private static Stream<String> at(List<String> places, FaultKind... kinds) {
        return places.stream().flatMap(place -> Stream.of(kinds).map(kind -> struck(kind, place)));
    }

    private static String struck(FaultKind kind, String place) {
        return kind.code() + " at " + place;
    }

    /** Every seed is run, so that one failure does not hide the next. */
    private static void clean(long from, int seeds, LongToIntFunction size) {
        Campaign campaign = new Campaign();
        List<String> broken = new ArrayList<>();
        Set<String> struck = new TreeSet<>();
        for (long seed = from; seed < from + seeds; seed++) {
            Outcome outcome = campaign.run(Plan.of(seed, size.applyAsInt(seed)));
            outcome.struck()
                    .forEach(fault ->
                            struck.add(struck(fault.kind(), fault.site().split("/", 2)[0])));
            if (!outcome.clean()) {
                Outcome shortest = Shortening.of(outcome, SHORTENING_PAYMENTS);
                broken.add("seed " + seed + " of "
                        + outcome.plan().orders().size() + " payments: " + shortest.violations() + "\n"
                        + shortest.struck() + "\n" + String.join("\n", shortest.history()));
            }
        }
        assertThat(broken).isEmpty();
        assertThat(campaign.missed()).isEmpty();
        assertThat(struck).containsAll(wanted());
    }
}
