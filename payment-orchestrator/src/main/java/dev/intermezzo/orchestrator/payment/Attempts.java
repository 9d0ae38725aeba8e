package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an attempt begins, and what follows when it ends without money. */
final class Attempts {

    private Attempts() {}

    /** Why no further attempt may begin, whoever asks. */
    static Optional<Reason> refusal(Dossier dossier) {
        if (dossier.attempts().stream().anyMatch(Attempt::movesMoneyUndecided)) {
            return Optional.of(Reason.MOVES_MONEY_UNDECIDED);
        }
        return dossier.attempts().size() == Dossier.MAX_ATTEMPTS
                ? Optional.of(Reason.ATTEMPTS_EXHAUSTED)
                : Optional.empty();
    }

    /** Why no further attempt may begin without a new word of the shop. */
    static Optional<Reason> refusalHere(Dossier dossier) {
        return ShopChangeRules.paidOtherwise(dossier) ? Optional.of(Reason.ORDER_PAID_OTHERWISE) : refusal(dossier);
    }

    /** Why the buyer's wish, made with this plan, cannot be met. */
    static Optional<Reason> refusal(Dossier dossier, PaymentPlan plan, @Nullable String provider, boolean confirmed) {
        if (dossier.anyMayStillBePaid() && !confirmed) {
            return refusalHere(dossier).or(() -> Optional.of(Reason.CONFIRMATION_NEEDED));
        }
        return refusalHere(dossier).or(() -> unavailable(dossier, plan, provider));
    }

    private static Optional<Reason> unavailable(Dossier dossier, PaymentPlan plan, @Nullable String provider) {
        if (of(provider, dossier.usable(plan)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                of(provider, plan.eligible()).isPresent()
                        ? Reason.VOUCHER_TRIES_EXHAUSTED
                        : Reason.METHOD_NOT_AVAILABLE);
    }

    /** The first route of a provider, or of any. */
    private static Optional<PlannedRoute> of(@Nullable String provider, List<PlannedRoute> routes) {
        return routes.stream()
                .filter(route -> provider == null || route.provider().equals(provider))
                .findFirst();
    }

    /**
     * Begins the next attempt by the dossier's plan, or waits for the buyer where something is open. Refusals have been
     * looked for before.
     */
    static Outcome begin(Undecided from, Turn turn, @Nullable String provider, boolean confirmed) {
        return begin(from, turn, provider, confirmed, null);
    }

    /** The same with a voucher, which a route that takes one is never begun without and no other is given. */
    static Outcome begin(
            Undecided from, Turn turn, @Nullable String provider, boolean confirmed, @Nullable SealedData voucher) {
        Dossier dossier = turn.dossier();
        List<PlannedRoute> eligible = dossier.usable(dossier.plan());
        if (eligible.isEmpty()) {
            turn.put(Routing.first(dossier, provider));
            return Outcome.applied(
                    from.close(turn.dossier(), false),
                    dossier.plan().eligible().isEmpty() ? Reason.NO_ELIGIBLE_ROUTE : Reason.VOUCHER_TRIES_EXHAUSTED);
        }
        if (dossier.anyMayStillBePaid() && !confirmed) {
            return Outcome.applied(from.awaitBuyer(dossier, false), Reason.CONFIRMATION_AWAITED);
        }
        if (provider == null && dossier.plan().buyerChooses() && eligible.size() > 1) {
            turn.put(Routing.byTheBuyer(dossier));
            return Outcome.applied(from.awaitBuyer(turn.dossier(), confirmed), Reason.METHOD_AWAITED);
        }
        PlannedRoute route =
                turn.put(Routing.first(dossier, provider)).in(dossier.plan()).orElseThrow();
        if (!route.complete(voucher != null)) {
            return Outcome.applied(from.awaitBuyer(turn.dossier(), confirmed), Reason.DETAILS_AWAITED);
        }
        open(turn, route, route.takesVoucher() ? voucher : null);
        return Outcome.applied(from.start(turn.dossier()), Reason.ATTEMPT_OPENED);
    }

    private static void open(Turn turn, PlannedRoute route, @Nullable SealedData voucher) {
        turn.change(dossier -> dossier.withAttempts(Attempts::leftBehind));
        Dossier dossier = turn.dossier();
        int number = dossier.attempts().size() + 1;
        CashierCalls.issue(
                turn, Attempt.opening(number, route, dossier.order().amount(), dossier.plan(), turn.now(), voucher));
    }

    /** An attempt that the buyer left for another: its page is not shown again; a call on hold is never made. */
    private static Attempt leftBehind(Attempt attempt) {
        Attempt left =
                attempt.page() == null ? attempt : attempt.with(attempt.page().asTaken());
        return left.status() == AttemptStatus.OPENING && left.calls().onHold() ? left.with(unsuccessful(left)) : left;
    }

    /** What an attempt becomes whose calls can lead no further: only a lost answer leaves a doubt. */
    static AttemptStatus unsuccessful(Attempt attempt) {
        return attempt.calls().lost() > 0 ? AttemptStatus.UNKNOWN : AttemptStatus.REFUSED;
    }

    /** The attempt that the buyer waits for right now: calls are made for no other. */
    static boolean awaited(Live state, Attempt attempt) {
        return state instanceof InProgress
                && attempt.number() == state.dossier().attempts().size();
    }

    /** Tries the plan's next route after a call that opened nothing; closes the attempt's payment where there is none. */
    static Outcome fallBack(Live state, Turn turn, Attempt failed, Reason reason) {
        Dossier dossier = turn.dossier();
        RouteChoice choice = turn.put(Routing.next(dossier, failed, awaited(state, failed), reason));
        Optional<PlannedRoute> next = choice.in(dossier.plan());
        if (next.isEmpty()) {
            return afterEnd(state, turn, failed, reason);
        }
        open(turn, next.get(), null);
        return Outcome.applied(state.stay(turn.dossier()), reason);
    }

    /** An attempt ended without money, or became unknown: what that means for the payment. */
    static Outcome afterEnd(Live state, Turn turn, Attempt ended, Reason reason) {
        if (state instanceof NotPaid notPaid && notPaid.closedForBuyer()) {
            return Outcome.applied(Closing.reconsider(notPaid, turn), reason);
        }
        if (state instanceof InProgress inProgress
                && awaited(state, ended)
                && (ended.status() == AttemptStatus.DECLINED || ended.status() == AttemptStatus.REFUSED)) {
            return Outcome.applied(inProgress.close(turn.dossier(), false), reason);
        }
        return Outcome.applied(state.stay(turn.dossier()), reason);
    }
}
