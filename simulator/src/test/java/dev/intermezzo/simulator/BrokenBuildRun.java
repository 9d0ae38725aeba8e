package dev.intermezzo.simulator;

import dev.intermezzo.simulator.check.Violation;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.EnumSet;
import java.util.TreeSet;

/** Runs inside the class loader of a broken build; only text crosses its border. */
public final class BrokenBuildRun {
    private BrokenBuildRun() {}

    /** Names of the promises that the first violating seed broke, by commas; empty: none did. */
    public static String promisesBroken(int seeds, int payments) {
        Campaign campaign = new Campaign(payments, EnumSet.allOf(FaultKind.class));
        TreeSet<String> broken = new TreeSet<>();
        for (long seed = 1; seed <= seeds && broken.isEmpty(); seed++) {
            campaign.run(seed).violations().stream()
                    .map(Violation::promise)
                    .map(Enum::name)
                    .forEach(broken::add);
        }
        return String.join(",", broken);
    }
}
