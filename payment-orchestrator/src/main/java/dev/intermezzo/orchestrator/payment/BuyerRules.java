package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Fact.BuyerAskedAgain;
import dev.intermezzo.orchestrator.payment.Fact.BuyerDetailsSubmitted;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the buyer does on our pages. */
final class BuyerRules {

    private BuyerRules() {}

    static Outcome onDetails(Live state, Turn turn, BuyerDetailsSubmitted details) {
        if (!(state instanceof AwaitingBuyer awaiting)) {
            return Outcome.refused(state.stay(turn.dossier()), Reason.DETAILS_NOT_AWAITED);
        }
        Optional<Reason> refusal = outdated(turn.dossier(), details.attempt())
                .or(() -> Attempts.refusal(turn.dossier(), details.plan(), details.provider(), awaiting.confirmed()));
        if (refusal.isPresent()) {
            return Outcome.refused(awaiting.stay(turn.dossier()), refusal.get());
        }
        turn.change(dossier -> dossier.with(details.plan()).withBuyer(withNewest(dossier.buyer(), details.buyer())));
        return Attempts.begin(awaiting, turn, details.provider(), awaiting.confirmed(), details.voucher());
    }

    static Outcome onAskedAgain(Live state, Turn turn, BuyerAskedAgain wish) {
        return switch (state) {
            case AwaitingBuyer awaiting -> tryAgain(awaiting, turn, wish, wish.confirmed() || awaiting.confirmed());
            case InProgress inProgress ->
                callIsOut(turn.dossier())
                        ? Outcome.refused(inProgress.stay(turn.dossier()), Reason.ATTEMPT_STILL_OPENING)
                        : tryAgain(inProgress, turn, wish, wish.confirmed());
            case NotPaid notPaid ->
                notPaid.closedForBuyer()
                        ? Outcome.refused(notPaid.stay(turn.dossier()), Reason.ORDER_CLOSED)
                        : tryAgain(notPaid, turn, wish, wish.confirmed());
            case Approved approved -> Outcome.refused(approved.stay(turn.dossier()), Reason.ALREADY_APPROVED);
            case Verifying verifying -> Outcome.refused(verifying.stay(turn.dossier()), Reason.SHOP_IS_BEING_ASKED);
            case UnderReview review -> Outcome.refused(review.stay(turn.dossier()), Reason.BEING_REVIEWED);
        };
    }

    static Outcome onGaveUp(Live state, Turn turn) {
        return switch (state) {
            case Approved approved -> Outcome.refused(approved.stay(turn.dossier()), Reason.ALREADY_APPROVED);
            case UnderReview review -> Outcome.refused(review.stay(turn.dossier()), Reason.BEING_REVIEWED);
            case NotPaid notPaid
            when notPaid.closedForBuyer() -> Outcome.noted(notPaid.stay(turn.dossier()), Reason.GIVEN_UP_BEFORE);
            case NotPaid notPaid -> giveUp(notPaid, turn);
            case AwaitingBuyer awaiting -> giveUp(awaiting, turn);
            case InProgress inProgress -> giveUp(inProgress, turn);
            case Verifying verifying -> giveUp(verifying, turn);
        };
    }

    private static Outcome giveUp(Undecided state, Turn turn) {
        CashierCalls.stopWaiting(turn, 0);
        turn.change(dossier -> dossier.withAttempts(BuyerRules::abandoned));
        return Outcome.applied(Closing.forBuyer(state, turn), Reason.GIVEN_UP);
    }

    private static Outcome tryAgain(Undecided state, Turn turn, BuyerAskedAgain wish, boolean confirmed) {
        Optional<Reason> refusal = outdated(turn.dossier(), wish.attempt())
                .or(() -> Attempts.refusal(turn.dossier(), wish.plan(), wish.provider(), confirmed));
        if (refusal.isPresent()) {
            return Outcome.refused(state.stay(turn.dossier()), refusal.get());
        }
        turn.change(dossier -> dossier.with(wish.plan()));
        return Attempts.begin(state, turn, wish.provider(), confirmed);
    }

    /** Another tab's form, or the same one sent twice, has begun what this one was shown to begin: once is what was meant. */
    private static Optional<Reason> outdated(Dossier dossier, @Nullable Integer meant) {
        return meant != null && meant <= dossier.attempts().size()
                ? Optional.of(Reason.FORM_OUTDATED)
                : Optional.empty();
    }

    static boolean callIsOut(Dossier dossier) {
        return dossier.lastAttempt()
                .filter(last ->
                        last.status() == AttemptStatus.OPENING && !last.calls().onHold())
                .isPresent();
    }

    /** A call that waits for its account's release is never made for a buyer who left. */
    private static Attempt abandoned(Attempt attempt) {
        return attempt.status() == AttemptStatus.OPENING && attempt.calls().onHold()
                ? attempt.with(Attempts.unsuccessful(attempt))
                : attempt;
    }

    /** The form stays first and the newest answer last; what lies between gives way when there are too many. */
    private static List<SealedData> withNewest(List<SealedData> parts, SealedData newest) {
        List<SealedData> all = new ArrayList<>(parts);
        if (all.size() == Dossier.MAX_BUYER_PARTS) {
            all.remove(1);
        }
        all.add(newest);
        return all;
    }
}
