package dev.intermezzo.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.chaos.ChaosPlan.Act;
import dev.intermezzo.cli.fleet.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    @Property(tries = 50)
    void a_seed_fixes_every_act(@ForAll long seed) {
        assertThat(plan(seed, TWO_MINUTES)).isEqualTo(plan(seed, TWO_MINUTES));
    }

    @Property(tries = 50)
    void every_kind_is_killed_held_and_restarted_before_anything_is_repeated(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int minutes) {
        List<Act> acts = plan(seed, Duration.ofMinutes(minutes)).acts();

        assertThat(acts).hasSizeGreaterThanOrEqualTo(Kind.values().length);
        Map<String, Long> times = acts.stream()
                .limit(ChaosPlan.WHOLE)
                .collect(Collectors.groupingBy(
                        act -> act.kind() + " " + act.blow().id(), Collectors.counting()));
        assertThat(times)
                .allSatisfy((blow, count) -> assertThat(count)
                        .isLessThanOrEqualTo(blow.equals("CASHIER kill") ? ChaosPlan.CASHIER_KILLS : 1));
    }

    @Property(tries = 50)
    void from_two_minutes_on_a_plan_is_whole(@ForAll long seed) {
        assertThat(plan(seed, TWO_MINUTES).acts()).hasSizeGreaterThanOrEqualTo(ChaosPlan.WHOLE);
    }

    @Property(tries = 50)
    void acts_are_in_order_within_the_load_and_none_lasts_longer_than_twelve_seconds(@ForAll long seed) {
        List<Act> acts = plan(seed, TWO_MINUTES).acts();

        assertThat(acts).extracting(Act::at).isSorted();
        assertThat(acts).allSatisfy(act -> {
            assertThat(act.at()).isBetween(Duration.ofSeconds(1), TWO_MINUTES);
            assertThat(act.blow().lasts()).isBetween(Duration.ZERO, Duration.ofSeconds(12));
        });
    }

    @Test
    void different_seeds_strike_differently() {
        assertThat(plan(1, TWO_MINUTES).acts())
                .isNotEqualTo(plan(2, TWO_MINUTES).acts());
    }

    @Test
    void a_longer_pause_means_fewer_acts() {
        Duration length = Duration.ofMinutes(10);

        assertThat(ChaosPlan.of(1, length, Duration.ofSeconds(20)).acts())
                .hasSizeBetween(ChaosPlan.WHOLE, plan(1, length).acts().size() - 1);
    }

    private static ChaosPlan plan(long seed, Duration load) {
        return ChaosPlan.of(seed, load, ChaosPlan.usualPause(load));
    }
}
