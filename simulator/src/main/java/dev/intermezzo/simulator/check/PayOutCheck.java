package dev.intermezzo.simulator.check;

import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import dev.intermezzo.simulator.journal.MoneyCall;
import dev.intermezzo.simulator.journal.OrderJournal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pay-out that belongs to no payment, by the Cashier's journal, against what its merchant is told of it. */
final class PayOutCheck {
    private final OrderJournal payOut;
    private final @Nullable PaymentState state;
    private final List<Violation> violations = new ArrayList<>();

    /** @param state as its merchant is shown it; null: there is none */
    PayOutCheck(OrderJournal payOut, @Nullable PaymentState state) {
        this.payOut = payOut;
        this.state = state;
    }

    List<Violation> check() {
        if (state instanceof FreePayOut told) {
            endsAsTold(told);
            amounts();
        } else if (!payOut.acts().isEmpty()) {
            violate(Promise.NOTHING_LOST, "it was asked for by two persons, and never began");
        }
        return violations;
    }

    private void endsAsTold(FreePayOut told) {
        boolean moved = payOut.moneyCalls().stream().anyMatch(MoneyCall::moved);
        // Open, or closed by two persons who looked into it.
        boolean seen = !told.cases().isEmpty();
        switch (told.payOut().status()) {
            case PAID -> require(moved || seen, Promise.PAY_OUT_TOLD, "it is told paid, and no money left");
            case REFUSED -> require(!moved || seen, Promise.PAY_OUT_TOLD, "it is told refused, and its money left");
            case UNKNOWN -> require(seen, Promise.COMES_TO_REST, "nobody knows its end, and nobody is asked to look");
            case REQUESTED, CLAIMED ->
                require(!told.timers().isEmpty(), Promise.COMES_TO_REST, "its call has no end and no timer");
            // The Cashier has it: an age that operators are told of.
            case PENDING -> {}
        }
    }

    private void amounts() {
        payOut.moneyCalls().stream()
                .filter(call -> call.amount().compareTo(payOut.amount()) != 0)
                .forEach(call -> violate(
                        Promise.MOVED_ONCE, call.command() + " asked for " + call.amount() + " of " + payOut.amount()));
    }

    private void require(boolean holds, Promise promise, String otherwise) {
        if (!holds) {
            violate(promise, otherwise);
        }
    }

    private void violate(Promise promise, String what) {
        violations.add(new Violation(promise, payOut.payment(), what));
    }
}
