package dev.intermezzo.simulator.world;

import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Retired;
import java.util.List;

/** What an operator's page shows of a payment. */
public final class Cases {
    private Cases() {}

    /** Its open cases, oldest first. */
    public static List<Case> open(PaymentState state) {
        return all(state).stream().filter(Case::open).toList();
    }

    private static List<Case> all(PaymentState state) {
        return switch (state) {
            case PaymentState.Live live -> live.dossier().cases();
            case Retired stub -> stub.cases();
            case PaymentState.FreePayOut payOut -> payOut.cases();
            case PaymentState.Orphan orphan -> orphan.cases();
        };
    }
}
