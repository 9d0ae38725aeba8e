package dev.intermezzo.ingress.pay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VoucherTriesTest {

    private static final String ADDRESS = "an address";

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private final VoucherTries tries = new VoucherTries(2);

    @Test
    void so_many_may_be_tried_in_an_hour_and_the_next_when_the_first_is_an_hour_old() {
        assertThat(tries.tried(ADDRESS, now)).isEmpty();
        pass(Duration.ofMinutes(20));
        assertThat(tries.waitOf(ADDRESS, now)).isEmpty();
        assertThat(tries.tried(ADDRESS, now)).isEmpty();

        assertThat(tries.waitOf(ADDRESS, now)).contains(Duration.ofMinutes(40));
        assertThat(tries.tried(ADDRESS, now)).contains(Duration.ofMinutes(40));

        pass(Duration.ofMinutes(40));
        assertThat(tries.tried(ADDRESS, now)).isEmpty();
        assertThat(tries.tried(ADDRESS, now)).contains(Duration.ofMinutes(20));
    }

    @Test
    void who_is_turned_away_is_not_kept_away_longer_for_it() {
        tries.tried(ADDRESS, now);
        tries.tried(ADDRESS, now);
        for (int i = 0; i < 10; i++) {
            tries.tried(ADDRESS, now);
        }

        pass(Duration.ofHours(1));

        assertThat(tries.tried(ADDRESS, now)).isEmpty();
    }

    @Test
    void one_address_takes_no_try_from_another() {
        tries.tried(ADDRESS, now);
        tries.tried(ADDRESS, now);

        assertThat(tries.tried("another", now)).isEmpty();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
