package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import java.time.Duration;

/** How a payment ends without money, and when the shop hears of it (payments, "What the shop and the buyer are told"). */
final class Closing {

    private Closing() {}

    /** The buyer goes back to the shop. */
    static NotPaid forBuyer(Undecided from, Turn turn) {
        if (mayTellNow(turn.dossier())) {
            tellAndRest(turn);
        }
        return from.close(turn.dossier(), true);
    }

    /** Two persons decided that the order is not paid. */
    static NotPaid byDecision(Undecided from, Turn turn) {
        tellAndRest(turn);
        return from.close(turn.dossier(), true);
    }

    /** A payment that is closed for its buyer learned something more. */
    static NotPaid reconsider(NotPaid closed, Turn turn) {
        if (turn.dossier().message(NotifyStatus.FAILED).isEmpty() && mayTellNow(turn.dossier())) {
            tellAndRest(turn);
        }
        return closed.stay(turn.dossier());
    }

    /** The order's time is over: open attempts expire, and where a word may still come the late window begins. */
    static NotPaid atOrderTime(Undecided from, Turn turn) {
        turn.change(dossier -> dossier.withAttempts(Closing::outOfTime));
        turn.dossier().attempts().forEach(attempt -> CashierCalls.stopWaiting(turn, attempt.number()));
        Dossier dossier = turn.dossier();
        if (dossier.message(NotifyStatus.FAILED).isPresent()) {
            restUnpaid(turn);
        } else if (!dossier.attempts().isEmpty() && mayTellNow(dossier)) {
            tellAndRest(turn);
        } else {
            turn.arm(TimerKind.LATE_WINDOW, 0, lateWindow(dossier));
        }
        return from.close(turn.dossier(), true);
    }

    /** Nothing came, and nothing is expected any more. */
    static NotPaid afterLateWindow(NotPaid closed, Turn turn) {
        if (turn.dossier().plan().noWord() == NoWordPolicy.FAILED) {
            Messages.tellFailed(turn);
        }
        restUnpaid(turn);
        return closed.stay(turn.dossier());
    }

    /** Nothing is due any more but the archive. */
    static void rest(Turn turn) {
        turn.disarm(TimerKind.ORDER_TIME, 0);
        turn.disarm(TimerKind.LATE_WINDOW, 0);
        turn.arm(TimerKind.RETIREMENT, 0, Limits.RETIREMENT);
    }

    private static void tellAndRest(Turn turn) {
        Messages.tellFailed(turn);
        restUnpaid(turn);
    }

    private static void restUnpaid(Turn turn) {
        ShopChangeRules.nothingCame(turn);
        rest(turn);
    }

    /** The last word was a no, and no call's answer is missing. A page that was left behind does not keep the shop waiting. */
    private static boolean mayTellNow(Dossier dossier) {
        boolean answerMissing = dossier.attempts().stream().anyMatch(Closing::answerMissing);
        return !answerMissing
                && dossier.lastAttempt()
                        .map(last -> last.status() == AttemptStatus.DECLINED || last.status() == AttemptStatus.REFUSED)
                        .orElse(true);
    }

    private static boolean answerMissing(Attempt attempt) {
        return attempt.status() == AttemptStatus.UNKNOWN
                || (attempt.status() == AttemptStatus.OPENING && attempt.mayStillBePaid());
    }

    private static Attempt outOfTime(Attempt attempt) {
        return switch (attempt.status()) {
            case AT_PROVIDER -> attempt.with(AttemptStatus.EXPIRED);
            case OPENING ->
                attempt.with(attempt.mayStillBePaid() ? AttemptStatus.UNKNOWN : Attempts.unsuccessful(attempt));
            case APPROVED, DECLINED, REFUSED, EXPIRED, UNKNOWN -> attempt;
        };
    }

    private static Duration lateWindow(Dossier dossier) {
        return dossier.attempts().stream()
                .filter(Attempt::mayStillBePaid)
                .map(attempt -> attempt.route().lateWindow())
                .reduce(Duration.ZERO, (longest, next) -> next.compareTo(longest) > 0 ? next : longest);
    }
}
