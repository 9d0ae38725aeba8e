package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final Restarts restarts = new Restarts(() -> now);

    @Test
    void a_fault_that_comes_back_every_time_is_given_up() {
        for (int i = 0; i < Restarts.LIMIT; i++) {
            assertThat(restarts.allowed()).isTrue();
        }

        assertThat(restarts.allowed()).isFalse();
    }

    @Test
    void rare_faults_are_survived_for_ever() {
        for (int i = 0; i < 100; i++) {
            assertThat(restarts.allowed()).isTrue();
            now = now.plus(Duration.ofMinutes(1));
        }
    }
}
