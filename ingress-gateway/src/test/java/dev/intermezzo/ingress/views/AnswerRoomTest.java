package dev.intermezzo.ingress.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnswerRoomTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00.250Z");
    private static final Duration WITHIN = Duration.ofMillis(500);

    private final AnswerRoom room = new AnswerRoom(WITHIN, 1);

    @Test
    void a_few_may_always_wait() {
        assertThat(room.left(0, BEGIN, null)).isEqualTo(AnswerRoom.LEAST);
        assertThat(room.left(AnswerRoom.LEAST, BEGIN, BEGIN.minus(WITHIN))).isZero();
        assertThat(new AnswerRoom(WITHIN, 24).left(0, BEGIN, null)).isEqualTo(AnswerRoom.LEAST / 24);
    }

    @Test
    void as_many_may_wait_as_are_answered_in_time_at_the_pace_of_the_last_ten_seconds() {
        Instant last = answered(200, 10);

        assertThat(room.left(30, last, last)).isEqualTo(70);
        assertThat(room.left(130, last, last)).isEqualTo(-30);
    }

    @Test
    void a_pace_of_longer_ago_is_forgotten() {
        answered(1_000, 10);
        Instant later = BEGIN.plusSeconds(1_000);
        room.answered(1, later, later);

        assertThat(room.left(0, later, later)).isEqualTo(AnswerRoom.LEAST);
    }

    @Test
    void a_quiet_hour_does_not_change_the_pace_and_is_no_stand() {
        Instant later = answered(200, 10).plus(Duration.ofHours(1));

        assertThat(room.left(0, later, null)).isEqualTo(100);
        assertThat(room.left(100, later, later)).isZero();
    }

    @Test
    void while_nothing_is_answered_the_room_grows_by_twice_the_pace() {
        Instant last = answered(200, 10);

        assertThat(room.left(100, last.plus(WITHIN), last)).isZero();
        assertThat(room.left(500, last.plus(WITHIN).plusSeconds(1), last)).isZero();
        assertThat(room.left(2_100, last.plus(WITHIN).plusSeconds(5), last)).isZero();
    }

    @Test
    void what_it_has_grown_by_is_no_room_for_others() {
        Instant last = answered(200, 10);

        assertThat(room.left(0, last.plusSeconds(60), last)).isEqualTo(100);
    }

    @Test
    void what_has_not_shown_its_pace_is_trusted_with_thirty_a_second_while_it_is_silent() {
        assertThat(room.left(
                        AnswerRoom.LEAST + 2 * AnswerRoom.LEAST_PACE,
                        BEGIN.plus(WITHIN).plusSeconds(1),
                        BEGIN))
                .isZero();
    }

    @Test
    void what_it_has_grown_by_is_taken_back_by_one_place_for_two_answers() {
        Instant last = answered(200, 10);
        Instant again = last.plus(WITHIN).plusSeconds(1);

        room.answered(200, again, last);

        assertThat(room.left(100 + 400 - 100, again, again)).isZero();
        room.answered(600, again, again);
        assertThat(room.left(130, again, again))
                .as("2,600 in the ten seconds now")
                .isZero();
    }

    /** So many in each of so many seconds; tells when the last of them were. */
    private Instant answered(int perSecond, int seconds) {
        Instant at = BEGIN;
        for (int i = 0; i < seconds; i++) {
            at = BEGIN.plusSeconds(i);
            room.answered(perSecond, at, at);
        }
        return at;
    }
}
