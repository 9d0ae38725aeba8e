package dev.intermezzo.simulator;

import dev.intermezzo.simulator.kernel.Fault;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a run is made of.
 *
 * @param orders numbers of the orders; an order's luck depends on the seed and its number only, and so does whether a pay-out
 *     that belongs to no payment comes beside it
 * @param faults kinds that may strike
 * @param allowed which of the drawn faults do; for shortening a history
 * @param lies let the Cashier call declined payments approved: the run must then find a broken promise
 */
public record Plan(long seed, List<Integer> orders, Set<FaultKind> faults, Predicate<Fault> allowed, boolean lies) {

    public Plan {
        orders = List.copyOf(orders);
        faults = Set.copyOf(faults);
    }

    /** All faults, so many orders. */
    public static Plan of(long seed, int payments) {
        return new Plan(
                seed,
                IntStream.rangeClosed(1, payments).boxed().toList(),
                EnumSet.allOf(FaultKind.class),
                fault -> true,
                false);
    }

    /** With faults of these kinds only. */
    public Plan withFaults(Set<FaultKind> kinds) {
        return new Plan(seed, orders, kinds, allowed, lies);
    }

    /** With a Cashier that lies, which the checker must find. */
    public Plan withLies() {
        return new Plan(seed, orders, faults, allowed, true);
    }

    Plan withOrders(List<Integer> fewer) {
        return new Plan(seed, fewer, faults, allowed, lies);
    }

    Plan withOnly(Set<Fault> fewer) {
        return new Plan(seed, orders, faults, fewer::contains, lies);
    }
}
