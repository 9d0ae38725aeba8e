package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Act.AccountReleased;
import dev.intermezzo.orchestrator.payment.Act.CaseResolved;
import dev.intermezzo.orchestrator.payment.Act.PayOutRequested;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.ExecutionStarted;
import dev.intermezzo.orchestrator.payment.Fact.OperatorActed;
import dev.intermezzo.orchestrator.payment.Fact.TimerFired;
import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * Pay-outs that belong to no payment (payments, "Pay-outs and refunds"): one amount to one destination, under an id of its
 * own. What may become of the money is what may become of a refund's, so the rules of refunds decide it; here is only what
 * begins one, and what else may reach it.
 */
final class PayOutRules {

    /** Its number in commands, answers and webhooks: that of a first refund. */
    static final int NUMBER = Dossier.MAX_ATTEMPTS + 1;

    /** Between a merchant and the hash of its Idempotency-Key. */
    private static final String INFIX = "~payout~";

    private static final PaymentPlan NO_PLAN =
            new PaymentPlan("", "", List.of(), Duration.ZERO, NoWordPolicy.NOTHING, false, false);

    private PayOutRules() {}

    /** Why no pay-out begins; empty: it does. */
    static Optional<Reason> refusal(Event event, OperatorActed acted, PayOutRequested wish) {
        if (!acted.byTwoPersons()) {
            return Optional.of(Reason.SECOND_PERSON_NEEDED);
        }
        boolean own = !event.merchantId().isEmpty() && event.paymentId().startsWith(event.merchantId() + INFIX);
        return own && wish.amount().isPositive() ? Optional.empty() : Optional.of(Reason.PAY_OUT_INVALID);
    }

    static Outcome begin(Turn turn, PayOutRequested wish) {
        RefundRules.payOut(
                turn,
                new Refund(
                        wish.payOutId(),
                        NUMBER,
                        wish.amount(),
                        wish.provider(),
                        wish.account(),
                        List.of(),
                        RefundStatus.REQUESTED,
                        Calls.NONE,
                        List.of(),
                        "",
                        false,
                        wish.destination()));
        return Outcome.applied(FreePayOut.of(turn.dossier()), Reason.PAY_OUT_REQUESTED);
    }

    /** @param turn of {@link #dossierOf(FreePayOut)}, which has taken the event */
    static Outcome on(FreePayOut state, Turn turn, Event event) {
        return switch (event.fact()) {
            case CashierAnswered answer -> asPayment(turn, payment -> RefundRules.onAnswer(payment, turn, answer));
            case ExecutionStarted started -> asPayment(turn, payment -> RefundRules.onStarted(payment, turn, started));
            case WebhookReceived received ->
                asPayment(turn, payment -> WebhookRules.onWebhook(payment, turn, received));
            case TimerFired fired -> asPayment(turn, payment -> TimerRules.onTimer(payment, turn, fired, state.time()));
            case OperatorActed acted -> onAct(turn, acted);
            default -> Outcome.refused(FreePayOut.of(turn.dossier()), Reason.NOT_A_PAYMENT);
        };
    }

    private static Outcome onAct(Turn turn, OperatorActed acted) {
        return switch (acted.act()) {
            case PayOutRequested again -> Outcome.refused(FreePayOut.of(turn.dossier()), Reason.PAY_OUT_REPEATED);
            case CaseResolved resolved -> asPayment(turn, payment -> OperatorRules.onAct(payment, turn, acted));
            case AccountReleased released -> asPayment(turn, payment -> OperatorRules.onAct(payment, turn, acted));
            case Act.ShopReleased released -> notAPayment(turn);
            case Act.ReviewDecided decided -> notAPayment(turn);
            case Act.OrphanAttached attached -> notAPayment(turn);
            case Act.RefundRequested wish -> notAPayment(turn);
            case Act.RefundRecorded made -> notAPayment(turn);
        };
    }

    private static Outcome notAPayment(Turn turn) {
        return Outcome.refused(FreePayOut.of(turn.dossier()), Reason.NOT_A_PAYMENT);
    }

    private static Outcome asPayment(Turn turn, Function<Approved, Outcome> rule) {
        Outcome outcome = rule.apply(new Approved(turn.dossier()));
        return new Outcome(FreePayOut.of(turn.dossier()), outcome.verdict(), outcome.reason());
    }

    // The dossier of a payment that costs nothing and has one refund: what the rules of refunds look at

    /** Before the first event. */
    static Dossier dossierOf(Event event, PayOutRequested wish) {
        return dossier(
                event.paymentId(),
                event.merchantId(),
                event.environment(),
                wish.amount(),
                List.of(),
                List.of(),
                List.of(),
                event.occurredAt(),
                0,
                List.of());
    }

    static Dossier dossierOf(FreePayOut state) {
        return dossier(
                state.paymentId(),
                state.merchantId(),
                state.environment(),
                state.payOut().amount(),
                List.of(state.payOut()),
                state.cases(),
                state.timers(),
                state.time(),
                state.sequence(),
                state.recentEvents());
    }

    private static Dossier dossier(
            String id,
            String merchantId,
            Environment environment,
            Money amount,
            List<Refund> payOut,
            List<Case> cases,
            List<ArmedTimer> timers,
            Instant time,
            long sequence,
            List<String> recentEvents) {
        Order nothingOrdered = new Order(
                "",
                "",
                Money.zero(amount.getCurrencyUnit()),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                Bytes.EMPTY,
                List.of(),
                time,
                time);
        return new Dossier(
                id,
                merchantId,
                environment,
                nothingOrdered,
                NO_PLAN,
                List.of(),
                List.of(),
                payOut,
                cases,
                List.of(),
                timers,
                null,
                time,
                sequence,
                recentEvents);
    }
}
