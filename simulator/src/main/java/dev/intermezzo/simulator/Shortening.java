package dev.intermezzo.simulator;

import dev.intermezzo.simulator.check.Promise;
import dev.intermezzo.simulator.kernel.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/**
 * Finds a short history that still breaks the same promise: first one order alone, else fewer orders, then fewer faults, by
 * leaving out halves, quarters and so on (delta debugging). What it ends with is the shortest found within its bound, not the shortest there is.
 * The bound is not a time: the same seed is shortened to the same history on every machine.
 */
public final class Shortening {
    private final Promise promise;
    private long paymentsLeft;
    private Outcome best;

    private Shortening(Outcome found, long mostPayments) {
        this.best = found;
        this.promise = found.violations().getFirst().promise();
        this.paymentsLeft = mostPayments;
    }

    /**
     * @param found with a violation
     * @param mostPayments that may be run in all, which is what shortening takes of time: some hundred a second
     * @return the same violation in as few orders and faults as were found; its first violation is of the same promise
     */
    public static Outcome of(Outcome found, long mostPayments) {
        Shortening shortening = new Shortening(found, mostPayments);
        shortening.orders();
        shortening.faults();
        return shortening.best;
    }

    private void orders() {
        Plan whole = best.plan();
        String payment = best.violations().getFirst().payment();
        // One order's luck is its own, but with the others go the moments at which its records meet: the one that was
        // found may
        // come through alone, and another one not.
        boolean alone = whole.orders().stream()
                .sorted(Comparator.comparing(number -> !payment.endsWith("%012x".formatted(number))))
                .anyMatch(number -> stillBroken(whole.withOrders(List.of(number))));
        if (!alone) {
            reduce(whole.orders(), whole::withOrders);
        }
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
        while (kept.size() > 1 && paymentsLeft > 0) {
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
        int payments = Math.max(1, plan.orders().size());
        if (paymentsLeft < payments) {
            return false;
        }
        paymentsLeft -= payments;
        Outcome outcome = Simulation.run(plan);
        // The first is the one whose history is told.
        boolean broken = !outcome.clean() && outcome.violations().getFirst().promise() == promise;
        if (broken) {
            best = outcome;
        }
        return broken;
    }
}
