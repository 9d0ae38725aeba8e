package dev.intermezzo.ingress.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineDelayTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MOST = Duration.ofSeconds(8);

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final PipelineDelay delay = new PipelineDelay(MOST, now::get);

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
        assertThat(delay.turnedAway()).isZero();
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
        assertThat(delay.turnedAway()).isEqualTo(4);
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
