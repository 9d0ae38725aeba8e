package dev.intermezzo.ingress.pay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoucherTriesTest {

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private final VoucherTries tries = new VoucherTries(2, () -> now);

    @Test
    void so_many_may_be_tried_in_an_hour_and_the_next_when_the_first_is_an_hour_old() {
        assertThat(tries.waitOf("192.0.2.1")).isEmpty();
        pass(Duration.ofMinutes(20));
        assertThat(tries.waitOf("192.0.2.1")).isEmpty();

        assertThat(tries.waitOf("192.0.2.1")).contains(Duration.ofMinutes(40));

        pass(Duration.ofMinutes(40));
        assertThat(tries.waitOf("192.0.2.1")).isEmpty();
        assertThat(tries.waitOf("192.0.2.1")).contains(Duration.ofMinutes(20));
    }

    @Test
    void who_is_turned_away_is_not_kept_away_longer_for_it() {
        tries.waitOf("192.0.2.1");
        tries.waitOf("192.0.2.1");
        for (int i = 0; i < 10; i++) {
            tries.waitOf("192.0.2.1");
        }

        pass(Duration.ofHours(1));

        assertThat(tries.waitOf("192.0.2.1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,            192.0.2.2,             false",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:ffff::1,  true",
        "2001:db8:1:2::1,      2001:db8:1:3::1,       false",
        "2001:db8::1,          2001:db8:0:0:9:9:9:9,  true",
        "::1,                  ::ffff,                true",
        "::ffff:192.0.2.1,     ::ffff:192.0.2.2,      false",
    })
    void an_ipv6_customer_is_one_whichever_of_their_addresses_they_use(String one, String other, boolean same) {
        tries.waitOf(one);
        tries.waitOf(one);

        assertThat(tries.waitOf(other).isPresent()).isEqualTo(same);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
