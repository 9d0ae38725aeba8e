package dev.intermezzo.notifier.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.notifier.send.Admission.Admitted;
import dev.intermezzo.notifier.send.Admission.ComeBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostGateTest {

    private static final String SHOP = "shop.example";
    private static final HostLimits LIMITS =
            new HostLimits(2, 3, Duration.ofSeconds(5), Duration.ofSeconds(18), Duration.ofSeconds(3));

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final HostGate gate = new HostGate(LIMITS, () -> now);

    @Test
    void a_host_has_only_so_many_posts_at_once_and_others_are_not_concerned() {
        // Given
        gate.enter(SHOP);
        gate.enter(SHOP);

        // When
        Admission third = gate.enter(SHOP);
        Admission elsewhere = gate.enter("other.example");

        // Then
        assertThat(third).isEqualTo(new ComeBack(Duration.ofSeconds(3)));
        assertThat(elsewhere).isInstanceOf(Admitted.class);
    }

    @Test
    void a_post_that_ended_makes_room() {
        // Given
        Admitted first = admitted();
        gate.enter(SHOP);

        // When
        gate.leave(first, true);

        // Then
        assertThat(gate.enter(SHOP)).isInstanceOf(Admitted.class);
    }

    @Test
    void a_host_that_fails_three_times_in_a_row_is_left_alone() {
        // When
        fail(3);
        now = now.plusSeconds(2);

        // Then
        assertThat(gate.enter(SHOP)).isEqualTo(new ComeBack(Duration.ofSeconds(3)));
        assertThat(gate.enter("other.example")).isInstanceOf(Admitted.class);
    }

    @Test
    void failures_with_a_success_between_do_not_add_up() {
        // Given
        fail(2);
        gate.leave(admitted(), true);

        // When
        fail(2);

        // Then
        assertThat(gate.enter(SHOP)).isInstanceOf(Admitted.class);
    }

    @Test
    void after_the_pause_one_trial_goes_and_the_rest_wait_for_it() {
        // Given
        fail(3);
        now = now.plusSeconds(5);

        // When
        Admission trial = gate.enter(SHOP);
        Admission next = gate.enter(SHOP);

        // Then
        assertThat(trial).isEqualTo(new Admitted(SHOP, true));
        assertThat(next).isInstanceOf(ComeBack.class);
    }

    @Test
    void each_failed_trial_doubles_the_pause_up_to_its_bound() {
        // Given
        fail(3);
        List<Duration> pauses = new ArrayList<>();

        // When
        for (int n = 0; n < 4; n++) {
            Duration pause = ((ComeBack) gate.enter(SHOP)).after();
            pauses.add(pause);
            now = now.plus(pause);
            gate.leave(admitted(), false);
        }

        // Then
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(18), Duration.ofSeconds(18));
    }

    @Test
    void a_trial_that_succeeds_opens_the_host_and_forgets_its_failures() {
        // Given
        fail(3);
        now = now.plusSeconds(5);

        // When
        gate.leave(admitted(), true);
        fail(2);

        // Then
        assertThat(gate.enter(SHOP)).isEqualTo(new Admitted(SHOP, false));
    }

    @Test
    void posts_that_were_under_way_when_the_host_was_closed_do_not_lengthen_the_pause() {
        // Given
        Admitted straggler = admitted();
        fail(3);

        // When
        gate.leave(straggler, false);

        // Then
        assertThat(gate.enter(SHOP)).isEqualTo(new ComeBack(Duration.ofSeconds(5)));
    }

    private void fail(int times) {
        for (int n = 0; n < times; n++) {
            gate.leave(admitted(), false);
        }
    }

    private Admitted admitted() {
        return (Admitted) gate.enter(SHOP);
    }
}
