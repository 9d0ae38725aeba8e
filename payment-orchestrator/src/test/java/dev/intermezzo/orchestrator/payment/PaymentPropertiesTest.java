package dev.intermezzo.orchestrator.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Arbitrary orders, repeats and losses of events against an outside world with a truth of its own. */
class PaymentPropertiesTest {

    /** {@link Invariants} says what must hold after each single event. */
    @Property(tries = 1500)
    void whatever_happens_the_rules_of_money_hold(@ForAll long seed, @ForAll @IntRange(min = 2, max = 90) int events) {
        new World(new Random(seed)).live(events);
    }

    @Property(tries = 300)
    void the_same_events_in_the_same_order_give_the_same_decisions(@ForAll long seed) {
        Scenario lived = new World(new Random(seed)).live(60).story();

        PaymentState replayed = null;
        List<Command> commands = new ArrayList<>();
        for (Event event : lived.events()) {
            Decision decision = Decider.decide(replayed, event);
            replayed = decision.next();
            commands.addAll(decision.commands());
        }

        assertThat(replayed).isEqualTo(lived.stateOrNull());
        assertThat(commands).isEqualTo(lived.commands());
    }

    /** The decider refuses to make a transition that is not listed; here every listed one is seen to be needed. */
    @Test
    void every_transition_of_the_table_is_taken() {
        Set<TransitionTable.Transition> missing = new HashSet<>(TransitionTable.transitions());
        // A pay-out that belongs to no payment begins in PayOutTest.
        missing.removeIf(each -> each.to() == StateKind.PAY_OUT);

        for (long seed = 0; seed < 40_000 && !missing.isEmpty(); seed++) {
            missing.removeAll(new World(new Random(seed)).live(60).transitions());
        }

        assertThat(missing).isEmpty();
    }
}
