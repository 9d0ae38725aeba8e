package dev.intermezzo.simulator;

import dev.intermezzo.orchestrator.payment.TransitionTable;
import dev.intermezzo.orchestrator.payment.TransitionTable.Transition;
import dev.intermezzo.simulator.kernel.FaultKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of many seeds, and what they reached together. */
public final class Campaign {
    private final EnumSet<FaultKind> wanted = EnumSet.noneOf(FaultKind.class);
    private final EnumMap<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    private final Set<Transition> transitions = new HashSet<>();
    private Optional<Outcome> violated = Optional.empty();
    private int seeds;
    private long events;
    private int violations;
    private String digest = "";

    /** Runs one more seed. */
    public Outcome run(Plan plan) {
        Outcome outcome = Simulation.run(plan);
        wanted.addAll(plan.faults());
        seeds++;
        events += outcome.events();
        violations += outcome.violations().size();
        transitions.addAll(outcome.transitions());
        outcome.faults().forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
        digest = outcome.digest();
        if (violated.isEmpty() && !outcome.clean()) {
            violated = Optional.of(outcome);
        }
        return outcome;
    }

    /** The first run in which a promise was broken. */
    public Optional<Outcome> violated() {
        return violated;
    }

    public int seeds() {
        return seeds;
    }

    /** Entries in all ledgers. */
    public long events() {
        return events;
    }

    public int violations() {
        return violations;
    }

    public Map<FaultKind, Integer> faults() {
        return new EnumMap<>(counts);
    }

    public Set<Transition> transitions() {
        return Set.copyOf(transitions);
    }

    /** Of the last run. */
    public String digest() {
        return digest;
    }

    /** How many changes of state are legal. */
    public static int allTransitions() {
        return TransitionTable.transitions().size();
    }

    /** Changes of state and faults that should have happened and did not. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        TransitionTable.transitions().stream()
                .filter(each -> !transitions.contains(each))
                .map(each -> "transition " + each)
                .sorted()
                .forEach(missed::add);
        wanted.stream()
                .filter(each -> !counts.containsKey(each))
                .map(each -> "fault " + each.code())
                .forEach(missed::add);
        return missed;
    }
}
