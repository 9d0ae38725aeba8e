package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Fact.TimerFired;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import java.time.Instant;
import java.util.Optional;

/** What a timer means when it comes back. Only one that is still armed gets here. */
final class TimerRules {

    private TimerRules() {}

    /** True when this very timer is armed: a replaced or disarmed one says nothing. */
    static boolean armed(Dossier dossier, TimerFired fired) {
        return dossier.timer(fired.kind(), fired.attempt())
                .filter(timer -> timer.armedAt() == fired.armedAt())
                .isPresent();
    }

    /**
     * @param before payment time of the last event before this one
     */
    static Outcome onTimer(Live state, Turn turn, TimerFired fired, Instant before) {
        turn.disarm(fired.kind(), fired.attempt());
        return switch (fired.kind()) {
            case CASHIER_ANSWER ->
                fired.attempt() == 0 ? CheckoutRules.onShop(state, turn, null) : silence(state, turn, fired.attempt());
            case CASHIER_RETRY -> retry(state, turn, fired.attempt());
            case ORDER_TIME -> orderTime(state, turn);
            case LATE_WINDOW -> lateWindow(state, turn);
            case RETIREMENT -> retirement(state, turn, fired, before);
            case OTHER -> nothing(state, turn);
        };
    }

    private static Outcome silence(Live state, Turn turn, int number) {
        Optional<Refund> refund = turn.dossier().refund(number);
        if (refund.isPresent()) {
            return RefundRules.onSilence(state, turn, refund.get());
        }
        return turn.dossier()
                .attempt(number)
                .filter(attempt -> attempt.status() == AttemptStatus.OPENING)
                .map(attempt -> CashierAnswerRules.lost(state, turn, attempt, Reason.CALL_UNANSWERED.code()))
                .orElseGet(() -> nothing(state, turn));
    }

    private static Outcome retry(Live state, Turn turn, int number) {
        if (number == 0) {
            return state instanceof Verifying verifying
                    ? CheckoutRules.askAgain(verifying, turn)
                    : nothing(state, turn);
        }
        Optional<Refund> refund = turn.dossier().refund(number);
        if (refund.isPresent()) {
            return RefundRules.onRetry(state, turn, refund.get());
        }
        return turn.dossier()
                .attempt(number)
                .filter(attempt -> attempt.status() == AttemptStatus.OPENING)
                .map(attempt -> retry(state, turn, attempt))
                .orElseGet(() -> nothing(state, turn));
    }

    private static Outcome retry(Live state, Turn turn, Attempt attempt) {
        boolean giveUp = attempt.calls().onHold() || !Attempts.awaited(state, attempt);
        if (giveUp) {
            Attempt ended = turn.put(attempt.with(Attempts.unsuccessful(attempt)));
            return Attempts.afterEnd(state, turn, ended, Reason.ACCOUNT_NOT_RELEASED);
        }
        CashierCalls.issue(turn, attempt);
        return Outcome.applied(state.stay(turn.dossier()), Reason.CALL_REPEATED);
    }

    private static Outcome orderTime(Live state, Turn turn) {
        return switch (state) {
            case AwaitingBuyer awaiting -> timeOver(awaiting, turn);
            case InProgress inProgress -> timeOver(inProgress, turn);
            case NotPaid notPaid -> timeOver(notPaid, turn);
            case Verifying verifying -> timeOver(verifying, turn);
            case Approved approved -> nothing(approved, turn);
            case UnderReview review -> nothing(review, turn);
        };
    }

    private static Outcome timeOver(Undecided state, Turn turn) {
        CashierCalls.stopWaiting(turn, 0);
        return Outcome.applied(Closing.atOrderTime(state, turn), Reason.ORDER_TIME_OVER);
    }

    private static Outcome lateWindow(Live state, Turn turn) {
        return state instanceof NotPaid notPaid
                ? Outcome.applied(Closing.afterLateWindow(notPaid, turn), Reason.LATE_WINDOW_OVER)
                : nothing(state, turn);
    }

    /** A payment retires when it was quiet long enough and nothing about it is open. */
    private static Outcome retirement(Live state, Turn turn, TimerFired fired, Instant before) {
        Dossier dossier = turn.dossier();
        Instant quietUntil = before.plus(Limits.RETIREMENT);
        boolean busy = !dossier.openCases().isEmpty()
                || dossier.refunds().stream().anyMatch(Refund::inFlight)
                || !dossier.messages().stream().allMatch(Message::settled);
        if (busy || (!nothingSince(turn, fired) && turn.now().isBefore(quietUntil))) {
            turn.armAt(TimerKind.RETIREMENT, 0, busy ? turn.now().plus(Limits.RETIREMENT) : quietUntil);
            return Outcome.applied(state.stay(turn.dossier()), Reason.RETIREMENT_POSTPONED);
        }
        return switch (state) {
            case Approved approved -> Outcome.applied(approved.retire(stubOf(turn)), Reason.RETIRED);
            case NotPaid notPaid -> Outcome.applied(notPaid.retire(stubOf(turn)), Reason.RETIRED);
            case AwaitingBuyer same -> nothing(same, turn);
            case InProgress same -> nothing(same, turn);
            case Verifying same -> nothing(same, turn);
            case UnderReview same -> nothing(same, turn);
        };
    }

    /** No event came between arming this timer and its firing; payment time alone cannot tell, a timer moves it too. */
    static boolean nothingSince(Turn turn, TimerFired fired) {
        return turn.dossier().sequence() == fired.armedAt() + 1;
    }

    /** The last of a payment's own timers ends its stub. */
    private static Dossier stubOf(Turn turn) {
        turn.arm(TimerKind.RETIREMENT, 0, Limits.STUB_LIFE);
        return turn.dossier();
    }

    private static Outcome nothing(Live state, Turn turn) {
        return Outcome.noted(state.stay(turn.dossier()), Reason.TIMER_WITHOUT_EFFECT);
    }
}
