package dev.intermezzo.orchestrator.ledger;

import dev.intermezzo.orchestrator.payment.Decision;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.PaymentState;
import org.jspecify.annotations.Nullable;

/** The pure state machine, as {@code Decider::decide}. */
@FunctionalInterface
public interface DecideFunction {
    Decision decide(@Nullable PaymentState state, Event event);
}
