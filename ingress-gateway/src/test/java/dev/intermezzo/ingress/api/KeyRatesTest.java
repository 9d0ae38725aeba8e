package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyRatesTest {

    /** Begins near the end of the numbers: System.nanoTime may pass it. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final KeyRates rates = new KeyRates(10, now::get);

    @Test
    void two_seconds_worth_may_come_at_once_and_the_next_waits_its_turn() {
        assertThat(IntStream.range(0, 20).allMatch(unused -> rates.waitOf("a").isEmpty()))
                .isTrue();

        assertThat(rates.waitOf("a")).contains(Duration.ofMillis(100));
        pass(Duration.ofMillis(100));
        assertThat(rates.waitOf("a")).isEmpty();
        assertThat(rates.waitOf("a")).isPresent();
    }

    @Test
    void one_key_takes_nothing_from_another() {
        IntStream.range(0, 30).forEach(unused -> rates.waitOf("a"));

        assertThat(rates.waitOf("b")).isEmpty();
    }

    @Test
    void a_long_silence_saves_up_no_more_than_two_seconds() {
        rates.waitOf("a");
        pass(Duration.ofSeconds(50));

        long taken = IntStream.range(0, 100)
                .filter(unused -> rates.waitOf("a").isEmpty())
                .count();

        assertThat(taken).isEqualTo(20);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
