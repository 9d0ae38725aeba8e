package dev.intermezzo.cli.cases;

import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.Retired;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A case that nobody has decided, and what it belongs to.
 *
 * @param asked what was asked of the buyer, or was to be paid out; null: nothing, as with money that belongs to no payment
 * @param byDecision it keeps its payment under review: accept, refund or reject; else it is closed by agreement
 */
record OpenCase(PaymentState state, Case subject, @Nullable Money asked, boolean byDecision) {

    /** Those of a payment, a stub, a pay-out or an orphan. */
    static List<OpenCase> of(PaymentState state) {
        return cases(state).stream()
                .filter(Case::open)
                .map(each -> new OpenCase(
                        state, each, asked(state, each), state instanceof UnderReview && each.keepsUnderReview()))
                .toList();
    }

    private static List<Case> cases(PaymentState state) {
        return switch (state) {
            case PaymentState.Live live -> live.dossier().cases();
            case Retired stub -> stub.cases();
            case PaymentState.FreePayOut payOut -> payOut.cases();
            case PaymentState.Orphan orphan -> orphan.cases();
        };
    }

    private static @Nullable Money asked(PaymentState state, Case subject) {
        return switch (state) {
            case PaymentState.Live live -> asked(live.dossier(), subject.attempt());
            case Retired stub -> stub.amount();
            case PaymentState.FreePayOut payOut -> payOut.payOut().amount();
            case PaymentState.Orphan orphan -> null;
        };
    }

    /** Refunds are numbered after the attempts. */
    private static Money asked(Dossier dossier, int number) {
        return dossier.refund(number)
                .map(Refund::amount)
                .or(() -> dossier.attempt(number).map(attempt -> attempt.amount()))
                .orElse(dossier.order().amount());
    }
}
