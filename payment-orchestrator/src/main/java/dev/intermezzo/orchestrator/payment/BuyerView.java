package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import java.util.List;

/**
 * What a buyer's page may know and offer. It answers with the same rules that decide: what it offers is not refused.
 *
 * @param attempts oldest first
 * @param methods providers the buyer may choose from; empty where there is nothing to choose
 * @param missingFields names of details to ask for
 * @param mayAskAgain another attempt may be asked for; with an older one still payable only after confirmation
 * @param olderMayStillBePaid the page says "if you already paid, do not pay again"
 * @param closedForBuyer only a new checkout from the shop leads on
 */
public record BuyerView(
        List<AttemptView> attempts,
        List<String> methods,
        List<String> missingFields,
        boolean mayAskAgain,
        boolean olderMayStillBePaid,
        boolean closedForBuyer) {

    /**
     * One attempt as a page may show it.
     *
     * @param usablePage the provider's page can be visited now
     */
    public record AttemptView(Attempt attempt, boolean usablePage) {}

    public BuyerView {
        attempts = List.copyOf(attempts);
        methods = List.copyOf(methods);
        missingFields = List.copyOf(missingFields);
    }

    /** The view of a payment at its own time. */
    public static BuyerView of(Live state) {
        Dossier dossier = state.dossier();
        List<AttemptView> attempts = dossier.attempts().stream()
                .map(attempt -> new AttemptView(attempt, usable(state, attempt)))
                .toList();
        return switch (state) {
            case AwaitingBuyer awaiting -> awaiting(awaiting, attempts);
            case InProgress inProgress -> open(inProgress, attempts, !BuyerRules.callIsOut(dossier));
            case NotPaid notPaid when !notPaid.closedForBuyer() -> open(notPaid, attempts, true);
            case NotPaid closed -> nothingToDo(closed, attempts, true);
            case Approved approved -> nothingToDo(approved, attempts, false);
            case Verifying verifying -> nothingToDo(verifying, attempts, false);
            case UnderReview review -> nothingToDo(review, attempts, false);
        };
    }

    private static BuyerView awaiting(AwaitingBuyer state, List<AttemptView> attempts) {
        Dossier dossier = state.dossier();
        List<PlannedRoute> eligible = dossier.usable(dossier.plan());
        List<PlannedRoute> candidates = dossier.plan().buyerChooses()
                ? eligible
                : eligible.stream().limit(1).toList();
        boolean mustConfirm = dossier.anyMayStillBePaid() && !state.confirmed();
        return new BuyerView(
                attempts,
                methods(dossier),
                candidates.stream()
                        .flatMap(route -> route.missingFields().stream())
                        .distinct()
                        .toList(),
                mustConfirm && Attempts.refusal(dossier).isEmpty(),
                dossier.anyMayStillBePaid(),
                false);
    }

    private static BuyerView open(Live state, List<AttemptView> attempts, boolean mayAsk) {
        Dossier dossier = state.dossier();
        return new BuyerView(
                attempts,
                methods(dossier),
                List.of(),
                mayAsk
                        && Attempts.refusalHere(dossier).isEmpty()
                        && !methods(dossier).isEmpty(),
                dossier.anyMayStillBePaid(),
                false);
    }

    private static BuyerView nothingToDo(Live state, List<AttemptView> attempts, boolean closed) {
        return new BuyerView(
                attempts, List.of(), List.of(), false, state.dossier().anyMayStillBePaid(), closed);
    }

    private static List<String> methods(Dossier dossier) {
        return dossier.usable(dossier.plan()).stream()
                .map(PlannedRoute::provider)
                .distinct()
                .toList();
    }

    private static boolean usable(Live state, Attempt attempt) {
        return state instanceof InProgress
                && attempt.status() == AttemptStatus.AT_PROVIDER
                && attempt.page() != null
                && attempt.page().usableAt(state.time());
    }
}
