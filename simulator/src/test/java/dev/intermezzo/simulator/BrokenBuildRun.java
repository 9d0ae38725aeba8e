package dev.intermezzo.simulator;

import dev.intermezzo.simulator.check.Promise;
import dev.intermezzo.simulator.check.Violation;
import java.util.Set;
import java.util.TreeSet;

/** Runs inside the class loader of a broken build; only text and numbers cross its border. */
public final class BrokenBuildRun {
    /** Between the parts of {@link #shortened}. */
    static final String SEPARATOR = "\n--------\n";

    private BrokenBuildRun() {}

    /**
     * Names of the promises that were broken, by commas, up to the first seed whose journals show one; empty: none did. The
     * auditor often sees a build's fault in an earlier seed: its word stands there too, but what is asked is what all else finds.
     */
    public static String promisesBroken(int seeds, int payments) {
        TreeSet<String> broken = new TreeSet<>();
        for (long seed = 1; seed <= seeds && onlyByTheAuditor(broken); seed++) {
            Simulation.run(Plan.of(seed, payments)).violations().stream()
                    .map(Violation::promise)
                    .map(Enum::name)
                    .forEach(broken::add);
        }
        return String.join(",", broken);
    }

    private static boolean onlyByTheAuditor(Set<String> broken) {
        return Set.of(Promise.AUDITOR_SILENT.name()).containsAll(broken);
    }

    /**
     * Shortens the first violation of a promise that some seed shows.
     *
     * @return the seed; the numbers of orders and faults as found, and as shortened; the promise; whether the short plan gives
     *     the same bytes and violations when it is run once more; the history. {@link #SEPARATOR} is between them
     */
    public static String shortened(String promise, int seeds, int payments, long mostPayments) {
        for (long seed = 1; seed <= seeds; seed++) {
            Outcome found = Simulation.run(Plan.of(seed, payments));
            if (!found.clean() && first(found).equals(promise)) {
                Outcome shortest = Shortening.of(found, mostPayments);
                Outcome again = Simulation.run(shortest.plan());
                boolean same = again.digest().equals(shortest.digest())
                        && again.violations().equals(shortest.violations());
                return String.join(
                        SEPARATOR,
                        Long.toString(seed),
                        size(found),
                        size(shortest),
                        first(shortest),
                        Boolean.toString(same),
                        String.join("\n", shortest.history()));
            }
        }
        throw new AssertionError("no seed up to " + seeds + " breaks " + promise + " first");
    }

    private static String size(Outcome outcome) {
        return outcome.plan().orders().size() + " orders, " + outcome.struck().size() + " faults";
    }

    private static String first(Outcome outcome) {
        return outcome.violations().getFirst().promise().name();
    }
}
