package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private long now;
    private final CommitPace pace = new CommitPace(() -> now);
    private final CommitPace.Clock clock = pace.new Clock();

    @Test
    void the_first_work_need_not_wait() {
        assertThat(pace.untilNext()).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void work_lasts_as_long_as_the_commit_before_it() {
        commitIn(100);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(100));
        pass(99);
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(1));
        pass(1);
        assertThat(pace.untilNext()).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void cheap_commits_are_frequent_again() {
        commitIn(450);
        pass(5_000);
        commitIn(2);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void a_commit_begins_with_its_first_flush() {
        clock.committing();
        pass(40);
        clock.committing();
        pass(10);
        clock.committed();

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void nothing_waits_longer_than_a_second_however_long_a_commit_took() {
        commitIn(30_000);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void what_was_flushed_and_then_aborted_is_not_the_time_of_a_commit() {
        clock.committing();
        pass(60_000);
        clock.aborted();

        commitIn(10);

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void two_threads_do_not_count_each_others_time() {
        CommitPace.Clock other = pace.new Clock();
        clock.committing();
        pass(1_000);
        other.committing();
        pass(10);
        other.committed();

        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(10));
    }

    private void commitIn(long millis) {
        clock.committing();
        pass(millis);
        clock.committed();
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
