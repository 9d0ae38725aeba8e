package dev.intermezzo.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MissingSchemasTest {
    private final AtomicLong now = new AtomicLong(5);
    private final MissingSchemas missing = new MissingSchemas(now::get);

    @Test
    void its_age_is_counted_from_the_first_time_it_was_asked_for() {
        assertThat(missing.seconds()).isZero();

        assertThat(missing.asked(1)).isTrue();
        pass(Duration.ofSeconds(50));
        assertThat(missing.asked(1)).isFalse();
        assertThat(missing.asked(2)).isTrue();
        pass(Duration.ofSeconds(50));

        assertThat(missing.seconds()).isEqualTo(100);
    }

    @Test
    void once_it_is_there_it_counts_no_longer() {
        missing.asked(1);
        pass(Duration.ofSeconds(50));

        missing.found(1);

        assertThat(missing.seconds()).isZero();
    }

    @Test
    void one_that_nobody_asks_for_any_more_counts_no_longer() {
        missing.asked(1);
        pass(MissingSchemas.FORGOTTEN.plusSeconds(1));

        assertThat(missing.seconds()).isZero();
        assertThat(missing.asked(1)).isTrue();
    }

    @Test
    void however_many_are_asked_for_only_so_many_are_remembered() {
        for (long fingerprint = 0; fingerprint < MissingSchemas.MOST; fingerprint++) {
            assertThat(missing.asked(fingerprint)).isTrue();
        }

        assertThat(missing.asked(MissingSchemas.MOST)).isFalse();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
