package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.simulator.check.Promise;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A violation is worth what can be read of it: of forty payments and hundreds of faults, what it takes to show it. */
class ShorteningTest {
    private static final int SEEDS = 12;
    private static final int PAYMENTS = 40;
    private static final long ENOUGH = 5_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    /** As {@link BrokenBuildRun#shortened} tells it. */
    private record Shortened(long seed, Size found, Size shortest, String promise, boolean repeatable, String history) {
        static Shortened read(String told) {
            List<String> parts = List.of(told.split(BrokenBuildRun.SEPARATOR, -1));
            return new Shortened(
                    Long.parseLong(parts.get(0)),
                    Size.read(parts.get(1)),
                    Size.read(parts.get(2)),
                    parts.get(3),
                    Boolean.parseBoolean(parts.get(4)),
                    parts.get(5));
        }
    }

    private record Size(int orders, int faults) {
        static Size read(String told) {
            String[] numbers = told.replaceAll("[a-z]", "").split(", ", 2);
            return new Size(Integer.parseInt(numbers[0].strip()), Integer.parseInt(numbers[1].strip()));
        }
    }

    @Test
    void a_broken_rule_of_money_is_shown_by_few_orders_and_faults() throws Exception {
        try (IsolatedBuild build = IsolatedBuild.of(BrokenBuild.AMOUNT_CHECK_REMOVED, folder)) {
            Shortened shortened = shortened(build, Promise.APPROVED_MEANS_MONEY, ENOUGH);

            assertThat(shortened.found().orders()).isEqualTo(PAYMENTS);
            assertThat(shortened.found().faults()).isGreaterThan(50);
            assertThat(shortened.shortest().orders()).isBetween(1, PAYMENTS / 4);
            assertThat(shortened.shortest().faults())
                    .isLessThan(shortened.found().faults() / 10);
            assertThat(shortened.promise()).isEqualTo(Promise.APPROVED_MEANS_MONEY.name());
            assertThat(shortened.repeatable()).isTrue();
            assertThat(shortened.history()).contains("accepted checkout", "ledger", "posted APPROVED");
        }
    }

    @Test
    void a_rule_that_only_faults_put_to_the_test_is_shown_with_the_few_that_do_and_always_the_same_way()
            throws Exception {
        try (IsolatedBuild build = IsolatedBuild.of(BrokenBuild.AT_MOST_ONCE_REMOVED, folder)) {
            Shortened shortened = shortened(build, Promise.MOVED_ONCE, ENOUGH);

            assertThat(shortened.shortest().orders()).isBetween(1, 2);
            assertThat(shortened.shortest().faults()).isBetween(1, 3);
            assertThat(shortened.promise()).isEqualTo(Promise.MOVED_ONCE.name());
            assertThat(shortened.repeatable()).isTrue();
            assertThat(shortened(build, Promise.MOVED_ONCE, ENOUGH)).isEqualTo(shortened);
        }
    }

    @Test
    void what_may_not_be_run_again_is_told_as_it_was_found() throws Exception {
        try (IsolatedBuild build = IsolatedBuild.of(BrokenBuild.AMOUNT_CHECK_REMOVED, folder)) {
            Shortened shortened = shortened(build, Promise.APPROVED_MEANS_MONEY, 0);

            assertThat(shortened.shortest()).isEqualTo(shortened.found());
            assertThat(shortened.history()).isNotEmpty();
        }
    }

    private static Shortened shortened(IsolatedBuild build, Promise promise, long mostPayments)
            throws ReflectiveOperationException {
        return Shortened.read(
                build.call(run -> (String) run.getMethod("shortened", String.class, int.class, int.class, long.class)
                        .invoke(null, promise.name(), SEEDS, PAYMENTS, mostPayments)));
    }
}
