package dev.intermezzo.simulator;

import dev.intermezzo.orchestrator.payment.TransitionTable.Transition;
import dev.intermezzo.simulator.check.Violation;
import dev.intermezzo.simulator.kernel.Fault;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came out of a run.
 *
 * @param events entries in the ledger
 * @param faults how often each kind struck
 * @param struck each fault that struck, in order
 * @param transitions changes of state that were made
 * @param digest SHA-256 over every record that can be read
 * @param history of the first violation's payment, a line each; empty: no violation
 */
public record Outcome(
        Plan plan,
        long events,
        List<Violation> violations,
        Map<FaultKind, Integer> faults,
        List<Fault> struck,
        Set<Transition> transitions,
        String digest,
        List<String> history) {

    public Outcome {
        violations = List.copyOf(violations);
        transitions = Set.copyOf(transitions);
    }

    public boolean clean() {
        return violations.isEmpty();
    }
}
