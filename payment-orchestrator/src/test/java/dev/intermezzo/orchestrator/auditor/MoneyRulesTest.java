package dev.intermezzo.orchestrator.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.ledger.Outgoing;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Decision;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Verdict;
import dev.intermezzo.orchestrator.payment.World;
import dev.intermezzo.schemas.avro.AuditedPayment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The auditor must not cry wolf: whatever happens around a payment, the state machine of this build breaks no rule. */
class MoneyRulesTest {

    @Property(tries = 1500)
    void no_history_of_this_build_breaks_a_rule(@ForAll long seed, @ForAll @IntRange(min = 2, max = 90) int events) {
        List<Event> history = new World(new Random(seed)).live(events).story().events();
        AuditedPayment memory = AuditStep.beginning("any", "any");
        PaymentState state = null;
        for (Event event : history) {
            Decision decision = Decider.decide(state, event);
            if (decision.next() == null || decision.verdict() == Verdict.REPEATED) {
                continue;
            }
            PaymentState before = state;
            state = Objects.requireNonNull(decision.next());
            MoneyRules rules = new MoneyRules(memory);
            List<Outgoing<?>> commands =
                    decision.commands().stream().<Outgoing<?>>map(Outgoing::of).toList();

            Map<Rule, String> broken = rules.take(before, event, state, commands);

            // This world's executors and its schedule are at times at fault, and their own words then say so.
            switch (event.fact()) {
                case Fact.ExecutionStarted started -> broken.remove(Rule.CLAIMED_ONCE);
                case Fact.NotificationEnded ended -> broken.remove(Rule.ONE_OUTCOME);
                default -> {}
            }
            assertThat(broken).as("seed %d: %s", seed, event).isEmpty();

            memory = rules.remember(AuditedPayment.newBuilder(memory)).build();
        }
    }
}
