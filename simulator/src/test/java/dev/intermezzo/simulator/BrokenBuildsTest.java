package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.simulator.check.Promise;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator finds what it is there to find: builds without one of their safeguards are caught. */
class BrokenBuildsTest {
    private static final int SEEDS = 12;
    private static final int PAYMENTS = 40;

    @TempDir
    private Path folder;

    @Test
    void the_unchanged_build_is_clean() throws Exception {
        assertThat(broken(BrokenBuild.NONE, 2)).isEmpty();
    }

    @Test
    void a_build_without_the_amount_check_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.AMOUNT_CHECK_REMOVED, SEEDS)).contains(Promise.APPROVED_MEANS_MONEY.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = BrokenBuild.class,
            names = {"MORE_MONEY_CALLED_MATCHING", "OTHER_CURRENCY_CALLED_MATCHING", "ABSENT_AMOUNT_CALLED_MATCHING"})
    void a_build_that_takes_other_money_for_the_order_is_caught(BrokenBuild build) throws Exception {
        assertThat(broken(build, SEEDS)).contains(Promise.APPROVED_MEANS_MONEY.name());
    }

    @Test
    void a_build_that_calls_before_its_claim_is_committed_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.AT_MOST_ONCE_COMMIT_REMOVED, SEEDS)).contains(Promise.MOVED_ONCE.name());
    }

    @Test
    void a_build_that_forgets_the_commit_alone_does_not_call_what_it_cannot_read_back() throws Exception {
        assertThat(broken(BrokenBuild.CLAIM_NOT_COMMITTED, 4)).doesNotContain(Promise.MOVED_ONCE.name());
    }

    @Test
    void a_build_without_the_surplus_rule_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.SURPLUS_RULE_REMOVED, SEEDS)).contains(Promise.MONEY_BALANCES.name());
    }

    @Test
    void a_build_without_deduplication_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.DEDUPLICATION_REMOVED, SEEDS)).contains(Promise.TAKEN_ONCE.name());
    }

    @Test
    void a_build_that_executes_more_than_once_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.AT_MOST_ONCE_REMOVED, SEEDS)).contains(Promise.MOVED_ONCE.name());
    }

    @Test
    void a_build_that_calls_a_pay_out_paid_whose_answer_was_lost_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.LOST_PAY_OUT_CALLED_PAID, SEEDS)).contains(Promise.PAY_OUT_TOLD.name());
    }

    @Test
    void a_build_that_tells_a_shop_two_things_at_once_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.ORDERING_REMOVED, SEEDS)).contains(Promise.MESSAGES_IN_ORDER.name());
    }

    /** Promises that the build broke, up to the first seed that broke one that the journals show. */
    private Set<String> broken(BrokenBuild build, int seeds) throws Exception {
        try (IsolatedBuild isolated = IsolatedBuild.of(build, folder)) {
            String found = isolated.call(run -> (String)
                    run.getMethod("promisesBroken", int.class, int.class).invoke(null, seeds, PAYMENTS));
            return Set.of(found.split(",")).stream()
                    .filter(each -> !each.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
