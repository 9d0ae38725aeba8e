package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyStepsTest {
    private static final boolean CAME = true;
    private static final boolean NOTHING = false;

    private long now;
    private final CopySteps steps = new CopySteps(() -> now);

    @BeforeEach
    void nothing_has_changed_for_a_while() {
        pass(CopySteps.HURRY);
    }

    @Test
    void the_next_step_comes_after_a_pause() {
        steps.asked(NOTHING);

        assertThat(steps.untilNext()).isEqualTo(CopySteps.PAUSE);
        pass(CopySteps.PAUSE);
        assertNow();
    }

    @Test
    void a_step_goes_on_while_something_comes() {
        steps.asked(CAME);

        assertNow();
        steps.asked(NOTHING);
        assertThat(steps.untilNext()).isEqualTo(CopySteps.PAUSE);
    }

    @Test
    void a_step_on_a_busy_topic_ends_all_the_same() {
        steps.asked(CAME);
        pass(CopySteps.LONGEST.plusNanos(1));
        steps.asked(CAME);

        assertThat(steps.untilNext()).isEqualTo(CopySteps.PAUSE);
        pass(CopySteps.PAUSE);
        steps.asked(CAME);
        assertNow();
    }

    @Test
    void whoever_gets_other_state_asks_at_once_and_does_not_pause_for_a_while() {
        steps.asked(NOTHING);

        steps.changed();

        assertNow();
        pass(CopySteps.HURRY.minusNanos(1));
        steps.asked(NOTHING);
        assertNow();
        pass(Duration.ofNanos(1));
        steps.asked(NOTHING);
        assertThat(steps.untilNext()).isEqualTo(CopySteps.PAUSE);
    }

    private void assertNow() {
        assertThat(steps.untilNext()).isLessThanOrEqualTo(Duration.ZERO);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
