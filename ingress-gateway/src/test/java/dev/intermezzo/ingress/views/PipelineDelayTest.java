package dev.intermezzo.ingress.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineDelayTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MOST = Duration.ofSeconds(8);
    private static final Duration WITHIN = Duration.ofMillis(500);

    private final Queue<Map.Entry<String, Instant>> waiting = new ArrayDeque<>();
    private int ids;
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final PipelineDelay delay = new PipelineDelay(MOST, WITHIN, now::get);

    @Test
    void nothing_is_behind_before_the_partitions_are_known() {
        delay.asks("a", "1");
        after(Duration.ofHours(1));

        assertThat(delay.admits("a")).isTrue();
        assertThat(delay.oldest()).isZero();
    }

    @Test
    void a_fact_may_stay_unanswered_for_the_time_that_is_allowed() {
        delay.begin(1);
        delay.asks("a", "1");

        after(MOST);
        assertThat(delay.admits("b")).isTrue();
        assertThat(delay.oldest()).isEqualTo(MOST);
        assertThat(delay.turnedAwayBehind()).isZero();
    }

    @Test
    void behind_it_one_checkout_a_second_is_let_through() {
        delay.begin(1);
        delay.asks("a", "1");
        after(MOST.plusMillis(1));

        assertThat(asked(3)).containsExactly(true, false, false);
        after(Duration.ofMillis(999));
        assertThat(asked(1)).containsExactly(false);
        after(Duration.ofMillis(1));
        assertThat(asked(2)).containsExactly(true, false);
        assertThat(delay.turnedAwayBehind()).isEqualTo(4);
    }

    @Test
    void the_answer_to_a_younger_fact_settles_every_older_one() {
        delay.begin(1);
        delay.asks("a", "1");
        after(Duration.ofSeconds(7));
        delay.asks("b", "2");
        delay.asks("a", "3");
        after(Duration.ofSeconds(2));

        delay.answered("b", "2");

        assertThat(delay.oldest()).isEqualTo(Duration.ofSeconds(2));
        assertThat(delay.awaits("b")).isFalse();
        assertThat(delay.awaits("a")).as("its other fact").isTrue();
        assertThat(asked(3)).containsOnly(true);
        delay.answered("a", "3");
        assertThat(delay.oldest()).isZero();
        assertThat(delay.awaits("a")).isFalse();
    }

    @Test
    void an_answer_that_did_not_come_for_a_minute_is_not_expected_any_more() {
        delay.begin(1);
        delay.asks("a", "1");

        after(Duration.ofSeconds(59));
        assertThat(delay.awaits("a")).isTrue();
        after(Duration.ofSeconds(1));
        assertThat(delay.awaits("a")).isFalse();
    }

    @Test
    void answers_to_others_settle_nothing() {
        delay.begin(1);
        delay.asks("a", "1");

        delay.answered("a", "of another instance");
        delay.answered("a", "");

        assertThat(delay.awaits("a")).isTrue();
    }

    @Test
    void after_an_outage_of_hours_the_first_answer_tells_that_all_is_well() {
        delay.begin(1);
        for (int i = 0; i <= 2 * AnswerQueue.MOST; i++) {
            after(Duration.ofSeconds(1));
            delay.asks("payment-" + i, "event-" + i);
        }
        assertThat(delay.oldest()).isEqualTo(Duration.ofSeconds(AnswerQueue.MOST - 1));

        delay.answered("payment-" + 2 * AnswerQueue.MOST, "event-" + 2 * AnswerQueue.MOST);

        assertThat(delay.oldest()).isZero();
        assertThat(asked(3)).containsOnly(true);
    }

    @Test
    void a_partition_that_is_behind_keeps_no_payment_of_another_out() {
        delay.begin(2);
        String here = ofPartition(0);
        String there = ofPartition(1);
        delay.asks(here, "1");
        after(MOST.plusSeconds(1));
        delay.admits(here);

        assertThat(delay.admits(here)).isFalse();
        assertThat(delay.admits(there)).isTrue();
        delay.asks(there, "2");
        delay.answered(there, "2");
        assertThat(delay.admits(here)).isFalse();
    }

    @Test
    void what_is_beyond_the_places_of_all_partitions_is_turned_away_until_something_is_answered() {
        delay.begin(2);
        String here = ofPartition(0);
        for (int i = 0; i < AnswerRoom.LEAST; i++) {
            assertThat(delay.admits(here)).isTrue();
            delay.asks(here, "event-" + i);
        }

        assertThat(delay.admits(here)).isFalse();
        assertThat(delay.admits(ofPartition(1))).isFalse();
        assertThat(delay.turnedAwayFull()).isEqualTo(2);
        assertThat(delay.turnedAwayBehind()).isZero();
        assertThat(delay.unanswered()).isEqualTo(AnswerRoom.LEAST);

        delay.answered(here, "event-0");
        assertThat(delay.admits(here)).isTrue();
    }

    @Test
    void what_is_not_published_after_all_takes_no_place() {
        delay.begin(1);
        delay.asks("a", "1");
        delay.asks("b", "2");

        delay.withdraws("a", "1");
        delay.withdraws("a", "of before the partitions were known");

        assertThat(delay.unanswered()).isEqualTo(1);
        assertThat(delay.awaits("a")).isFalse();
        assertThat(delay.awaits("b")).isTrue();
    }

    @Test
    void ordinary_traffic_goes_on_while_another_orchestrator_takes_over_and_while_the_rest_is_worked_off() {
        delay.begin(24);
        Traffic traffic = new Traffic(20, 60, Duration.ofMillis(150));
        traffic.run(Duration.ofSeconds(15), true);
        traffic.run(Duration.ofMillis(6_500), false);
        traffic.run(Duration.ofSeconds(15), true);

        assertThat(delay.turnedAwayFull() + delay.turnedAwayBehind()).isZero();
        assertThat(delay.unanswered()).isLessThan(AnswerRoom.LEAST);
    }

    @Test
    void a_system_that_has_answered_nothing_yet_takes_ordinary_traffic_too() {
        delay.begin(24);
        new Traffic(20, 60, Duration.ofMillis(150)).run(Duration.ofMillis(6_500), false);

        assertThat(delay.turnedAwayFull() + delay.turnedAwayBehind()).isZero();
    }

    @Test
    void of_ten_times_what_is_answered_just_that_is_let_in_and_waits_no_longer_than_it_may() {
        delay.begin(24);
        new Traffic(20, 60, Duration.ofMillis(150)).run(Duration.ofSeconds(15), true);
        Traffic flood = new Traffic(600, 60, Duration.ofMillis(150));
        flood.run(Duration.ofSeconds(30), true);

        assertThat(flood.answered)
                .as("nothing of what can be done is left undone")
                .isBetween(1_750, 1_810);
        assertThat(flood.longest).isLessThan(WITHIN.multipliedBy(2));
        assertThat(delay.turnedAwayBehind()).isZero();
    }

    @Test
    void a_flood_finds_little_more_room_when_nothing_is_answered_for_a_moment() {
        delay.begin(24);
        Traffic flood = new Traffic(600, 60, Duration.ofMillis(150));
        flood.run(Duration.ofSeconds(15), true);
        flood.run(Duration.ofSeconds(1), false);
        flood.longest = Duration.ZERO;
        flood.run(Duration.ofSeconds(10), true);

        assertThat(flood.longest).isLessThan(Duration.ofSeconds(3));
        flood.longest = Duration.ZERO;
        flood.run(Duration.ofSeconds(10), true);
        assertThat(flood.longest).isLessThan(WITHIN.multipliedBy(2));
    }

    /** Checkouts at a steady pace, and an orchestrator that answers so many a second in their order, each after so long at least. */
    private final class Traffic {
        private static final Duration STEP = Duration.ofMillis(5);

        private final int comePerSecond;
        private final int answeredPerSecond;
        private final Duration atLeast;
        private long came;
        private long steps;
        private long could;
        private int answered;
        private Duration longest = Duration.ZERO;

        Traffic(int comePerSecond, int answeredPerSecond, Duration atLeast) {
            this.comePerSecond = comePerSecond;
            this.answeredPerSecond = answeredPerSecond;
            this.atLeast = atLeast;
        }

        void run(Duration time, boolean answering) {
            for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
                after(STEP);
                steps++;
                for (; came < steps * comePerSecond * STEP.toMillis() / 1_000; came++) {
                    come();
                }
                long all = steps * answeredPerSecond * STEP.toMillis() / 1_000;
                if (answering && all > could) {
                    answer();
                }
                could = all;
            }
        }

        private void come() {
            String id = "payment-" + ids++;
            if (delay.admits(id)) {
                delay.asks(id, id);
                waiting.add(Map.entry(id, now.get()));
            }
        }

        private void answer() {
            Instant at = now.updateAndGet(same -> same);
            Map.Entry<String, Instant> first = waiting.peek();
            if (first == null || at.isBefore(first.getValue().plus(atLeast))) {
                return;
            }
            waiting.remove();
            delay.answered(first.getKey(), first.getKey());
            answered++;
            Duration waited = Duration.between(first.getValue(), at);
            longest = waited.compareTo(longest) > 0 ? waited : longest;
        }
    }

    private void after(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private List<Boolean> asked(int times) {
        return IntStream.range(0, times).mapToObj(i -> delay.admits("new")).toList();
    }

    private static String ofPartition(int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "payment-" + i)
                .filter(id -> Topics.partitionOf(id, 2) == partition)
                .findFirst()
                .orElseThrow();
    }
}
