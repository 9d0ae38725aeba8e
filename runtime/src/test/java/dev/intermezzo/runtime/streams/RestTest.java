package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final Duration SHORT = Duration.ofMillis(10);

    private long now;
    private final Rest rest = new Rest(() -> now);

    @Test
    void while_records_come_nobody_waits_longer_than_asked() {
        pass(Rest.AFTER);

        assertThat(rest.waitFor(SHORT)).isEqualTo(SHORT);
    }

    @Test
    void after_a_second_without_one_the_looks_are_fewer() {
        pass(Rest.AFTER.plusMillis(1));

        assertThat(rest.waitFor(SHORT)).isEqualTo(Rest.LONG);
    }

    @Test
    void a_record_ends_the_rest() {
        pass(Rest.AFTER.multipliedBy(5));
        rest.disturbed();

        assertThat(rest.waitFor(SHORT)).isEqualTo(SHORT);
    }

    @Test
    void who_does_not_want_to_wait_and_who_waits_longer_are_left_alone() {
        pass(Rest.AFTER.multipliedBy(5));

        assertThat(rest.waitFor(Duration.ZERO)).isZero();
        assertThat(rest.waitFor(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
