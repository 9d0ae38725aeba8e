package dev.intermezzo.simulator;

import dev.intermezzo.simulator.check.Promise;
import dev.intermezzo.simulator.check.Violation;
import dev.intermezzo.simulator.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/**
 * Finds a short history that still breaks the same promise: first fewer orders, then fewer faults, by leaving out halves,
 * quarters and so on (delta debugging). What it ends with is the shortest found within its number of runs, not the shortest
 * there is.
 */
public final class Shortening {
    private final Promise promise;
    private int runsLeft;
    private Outcome best;

    private Shortening(Outcome found, int mostRuns) {
        this.best = found;
        this.promise = found.violations().getFirst().promise();
        this.runsLeft = mostRuns;
    }

    /**
     * @param found with a violation
     * @return the same violation in as few orders and faults as were found; its first violation is of the same promise
     */
    public static Outcome of(Outcome found, int mostRuns) {
        Shortening shortening = new Shortening(found, mostRuns);
        shortening.orders();
        shortening.faults();
        return shortening.best;
    }

    private void orders() {
        Plan whole = best.plan();
        String payment = best.violations().getFirst().payment();
        List<Integer> alone = whole.orders().stream()
                .filter(number -> payment.endsWith("%012x".formatted(number)))
                .toList();
        if (alone.size() == 1 && stillBroken(whole.withOrders(alone))) {
            return;
        }
        reduce(whole.orders(), whole::withOrders);
    }

    private void faults() {
        Plan whole = best.plan();
        List<Fault> struck = List.copyOf(new LinkedHashSet<>(best.struck()));
        Function<List<Fault>, Plan> with = fewer -> whole.withOnly(new LinkedHashSet<>(fewer));
        if (!struck.isEmpty() && !stillBroken(with.apply(List.of()))) {
            reduce(struck, with);
        }
    }

    private <T> void reduce(List<T> all, Function<List<T>, Plan> plan) {
        List<T> kept = all;
        int parts = 2;
        while (kept.size() > 1 && runsLeft > 0) {
            List<T> fewer = without(kept, parts, plan);
            if (fewer.size() < kept.size()) {
                kept = fewer;
                parts = Math.max(2, parts - 1);
            } else if (parts >= kept.size()) {
                return;
            } else {
                parts = Math.min(kept.size(), parts * 2);
            }
        }
    }

    /** Leaves out one part of so many; the list itself when every part is needed. */
    private <T> List<T> without(List<T> kept, int parts, Function<List<T>, Plan> plan) {
        int size = (kept.size() + parts - 1) / parts;
        for (int from = 0; from < kept.size(); from += size) {
            List<T> fewer = new ArrayList<>(kept.subList(0, from));
            fewer.addAll(kept.subList(Math.min(kept.size(), from + size), kept.size()));
            if (stillBroken(plan.apply(fewer))) {
                return fewer;
            }
        }
        return kept;
    }

    private boolean stillBroken(Plan plan) {
        if (runsLeft <= 0) {
            return false;
        }
        runsLeft--;
        Outcome outcome = Simulation.run(plan);
        boolean broken = outcome.violations().stream().map(Violation::promise).anyMatch(promise::equals);
        if (broken) {
            best = outcome;
        }
        return broken;
    }
}
