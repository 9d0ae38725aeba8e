package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Broker.class)
class ClockCheckTest {

    @Test
    void a_broker_on_this_machine_has_this_machines_time(KafkaSettings kafka) {
        ClockCheck.Skew skew = ClockCheck.compare(kafka, InstantSource.system()).orElseThrow();

        assertThat(skew.isTooFar()).isFalse();
        assertThat(skew.ahead().abs().minus(skew.uncertainty())).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void a_clock_a_minute_ahead_is_found(KafkaSettings kafka) {
        InstantSource fast = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(1));

        ClockCheck.Skew skew = ClockCheck.compare(kafka, fast).orElseThrow();

        assertThat(skew.isTooFar()).isTrue();
        assertThat(skew.ahead()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(70));
    }

    @Test
    void a_slow_answer_proves_nothing() {
        Instant asked = Instant.parse("2026-01-01T00:00:00Z");

        ClockCheck.Skew skew = ClockCheck.skew(asked, asked.plusSeconds(8), asked.plusSeconds(8));

        assertThat(skew.ahead()).isEqualTo(Duration.ofSeconds(-4));
        assertThat(skew.isTooFar()).isFalse();
    }

    @Test
    void two_seconds_are_tolerated_and_three_are_not() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(ClockCheck.skew(now, now, now.minusSeconds(2)).isTooFar()).isFalse();
        assertThat(ClockCheck.skew(now, now, now.plusSeconds(3)).isTooFar()).isTrue();
    }
}
