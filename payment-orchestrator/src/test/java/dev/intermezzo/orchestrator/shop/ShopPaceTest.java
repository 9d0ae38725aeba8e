package dev.intermezzo.orchestrator.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.StoreApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShopPaceTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private Instant now = START;
    private final ShopPace pace = new ShopPace(() -> now);

    @Test
    void no_second_has_more_questions_to_one_shop_than_mozello_answers() {
        List<Instant> turns = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            now = now.plusMillis(i % 7 * 10L);
            turns.add(now.plus(pace.take("shop", now.plus(HALF_A_MINUTE)).orElseThrow()));
        }

        for (Instant turn : turns) {
            assertThat(turns.stream()
                            .filter(each -> !each.isBefore(turn) && each.isBefore(turn.plusSeconds(1)))
                            .count())
                    .isLessThan(StoreApi.MOST_A_SECOND);
        }
    }

    @Test
    void another_shop_need_not_wait() {
        assertThat(pace.take("one", now.plus(HALF_A_MINUTE))).hasValue(Duration.ZERO);
        assertThat(pace.take("other", now.plus(HALF_A_MINUTE))).hasValue(Duration.ZERO);
    }

    @Test
    void a_turn_that_would_come_too_late_is_not_taken_from_others() {
        assertThat(pace.take("shop", now)).hasValue(Duration.ZERO);
        assertThat(pace.take("shop", now)).isEmpty();
        assertThat(pace.take("shop", now)).isEmpty();

        assertThat(pace.take("shop", now.plus(HALF_A_MINUTE))).hasValue(ShopPace.DISTANCE);
    }

    @Test
    void a_shop_that_asks_for_patience_is_left_alone() {
        pace.leaveAlone("shop", Optional.of(Duration.ofSeconds(3)));

        assertThat(pace.take("shop", now.plus(HALF_A_MINUTE))).hasValue(Duration.ofSeconds(3));
    }

    @Test
    void a_shop_is_never_left_alone_for_long() {
        pace.leaveAlone("shop", Optional.of(Duration.ofDays(1)));

        assertThat(pace.take("shop", now.plus(Duration.ofDays(2)))).hasValue(ShopPace.MOST_PATIENCE);
    }

    @Test
    void nobody_waits_for_a_turn_once_it_is_closed() {
        assertThat(pace.await(Duration.ofMillis(1))).isTrue();

        pace.close();

        assertThat(pace.await(Duration.ofMinutes(10))).isFalse();
    }
}
