package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.PageOpened;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.Undecided;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer table of payments, "Calling the Cashier": what each answer to an attempt's call means. */
final class CashierAnswerRules {

    private CashierAnswerRules() {}

    static Outcome onAnswer(Live state, Turn turn, CashierAnswered answer) {
        if (answer.attempt() > Dossier.MAX_ATTEMPTS) {
            return RefundRules.onAnswer(state, turn, answer);
        }
        Optional<Attempt> found = turn.dossier().attempt(answer.attempt()).filter(attempt -> isOurs(attempt, answer));
        if (found.isEmpty()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.COMMAND_UNKNOWN);
        }
        Attempt attempt = found.get();
        boolean awaitsThis = attempt.calls().current(answer.commandId())
                && (attempt.status() == AttemptStatus.OPENING || attempt.status() == AttemptStatus.UNKNOWN);
        if (!awaitsThis) {
            return late(state, turn, attempt, answer);
        }
        CashierCalls.stopWaiting(turn, attempt.number());
        return switch (answer.outcome()) {
            case PageOpened opened -> pageOpened(state, turn, attempt, opened);
            case AnsweredAtOnce outcome -> atOnce(state, turn, attempt, answer.commandId(), outcome);
            case Rejected rejected ->
                rejected(state, turn, CashierCalls.learn(turn, attempt, rejected.transactionIds()), rejected);
            case AnswerLost lost ->
                lost(state, turn, CashierCalls.learn(turn, attempt, lost.transactionIds()), lost.code());
            case NotSent notSent -> notSent(state, turn, attempt.withCode(notSent.code()), Reason.CALL_NOT_SENT);
            case NotExecuted notExecuted ->
                notExecuted(state, turn, takingBackSilence(attempt).withCode(notExecuted.code()));
        };
    }

    /**
     * What moves money is claimed by one executor, whether it is called or not: its word that it was not ends the doubt that its
     * silence had left. Of a page's call the same word proves nothing, because another executor may have made it and died before
     * it could say so.
     */
    private static Attempt takingBackSilence(Attempt attempt) {
        boolean onlySilence = attempt.lastCode().equals(Reason.CALL_UNANSWERED.code());
        return attempt.movesMoney() && onlySilence
                ? attempt.with(attempt.calls().silenceTakenBack())
                : attempt;
    }

    private static boolean isOurs(Attempt attempt, CashierAnswered answer) {
        return attempt.calls().includes(answer.commandId())
                && attempt.route().provider().equals(answer.provider())
                && attempt.route().account().equals(answer.account());
    }

    private static Outcome pageOpened(Live state, Turn turn, Attempt attempt, PageOpened opened) {
        Attempt named = CashierCalls.learn(turn, attempt, opened.transactionIds());
        Duration lifetime = named.route().sessionLifetime();
        Instant usableUntil = lifetime.isZero() ? null : turn.now().plus(lifetime);
        boolean leftBehind = attempt.number() != turn.dossier().attempts().size();
        Attempt shown = named.with(new Page(opened.redirect(), usableUntil, leftBehind));
        // A webhook may have overtaken the answer: its word stands.
        boolean declinedAlready = opened.transactionIds().stream()
                .flatMap(id -> named.transaction(id).stream())
                .anyMatch(known -> known.status() == TransactionStatus.DECLINED);
        Attempt settled = turn.put(shown.with(declinedAlready ? AttemptStatus.DECLINED : AttemptStatus.AT_PROVIDER));
        return declinedAlready
                ? Attempts.afterEnd(state, turn, settled, Reason.DECLINED)
                : Outcome.applied(state.stay(turn.dossier()), Reason.PAGE_OPENED);
    }

    private static Outcome atOnce(Live state, Turn turn, Attempt attempt, String commandId, AnsweredAtOnce outcome) {
        List<String> ids =
                outcome.transactionIds().isEmpty() ? List.of(unnamed(attempt, commandId)) : outcome.transactionIds();
        Attempt named = CashierCalls.learn(turn, attempt, ids);
        return switch (outcome.status()) {
            case APPROVED ->
                Approvals.onApproval(state, turn, named, ids.getFirst(), outcome.amount(), outcome.currency());
            case DECLINED -> Approvals.onDecline(state, turn, named, ids.getFirst());
            case PENDING -> {
                turn.put(named.with(AttemptStatus.AT_PROVIDER));
                yield Outcome.applied(state.stay(turn.dossier()), Reason.ACCEPTED_PENDING);
            }
            case UNKNOWN -> unknown(state, turn, named, Reason.ANSWER_STATUS_UNKNOWN);
        };
    }

    /** An answer that names no transaction speaks of the only one there can be, or of one that stands in for its name. */
    private static String unnamed(Attempt attempt, String commandId) {
        return attempt.hasItsOnlyTransaction()
                ? attempt.transactions().getFirst().ids().getFirst()
                : Transaction.standIn(commandId);
    }

    private static Outcome rejected(Live state, Turn turn, Attempt attempt, Rejected rejected) {
        Attempt coded = turn.put(attempt.withCode(rejected.code()));
        return switch (rejected.category()) {
            case VALIDATION -> Attempts.afterEnd(state, turn, refuse(turn, coded), Reason.CALL_INVALID);
            case VOUCHER_REJECTED -> voucherRejected(state, turn, coded);
            case RULE_OR_CONFIGURATION_MISSING ->
                Attempts.fallBack(state, turn, refuse(turn, coded), Reason.CONFIGURATION_MISSING);
            case PSP_CREDENTIALS_INVALID ->
                Attempts.fallBack(state, turn, refuse(turn, coded), Reason.PROVIDER_CREDENTIALS_INVALID);
            case ACCOUNT_AUTHENTICATION -> hold(state, turn, coded);
            case RATE_LIMITED ->
                coded.movesMoney() ? unknown(state, turn, coded, Reason.RATE_LIMITED) : rateLimited(state, turn, coded);
            case INDETERMINATE -> lost(state, turn, coded, rejected.code());
        };
    }

    private static Attempt refuse(Turn turn, Attempt attempt) {
        return turn.put(attempt.with(Attempts.unsuccessful(attempt)));
    }

    private static Outcome voucherRejected(Live state, Turn turn, Attempt attempt) {
        Attempt ended = attempt.movesMoney() ? turn.put(attempt.with(AttemptStatus.DECLINED)) : refuse(turn, attempt);
        return Attempts.afterEnd(state, turn, ended, Reason.VOUCHER_REJECTED);
    }

    /** Nothing is failed because of our own credentials: the call is made again when the account is released. */
    private static Outcome hold(Live state, Turn turn, Attempt attempt) {
        if (!Attempts.awaited(state, attempt)) {
            return Attempts.afterEnd(state, turn, refuse(turn, attempt), Reason.ACCOUNT_ON_HOLD);
        }
        turn.put(attempt.with(attempt.calls().held()).with(AttemptStatus.OPENING));
        if (attempt.movesMoney()) {
            turn.arm(TimerKind.CASHIER_RETRY, attempt.number(), Limits.MONEY_HOLD);
        }
        return Outcome.applied(state.stay(turn.dossier()), Reason.ACCOUNT_ON_HOLD);
    }

    private static Outcome rateLimited(Live state, Turn turn, Attempt attempt) {
        if (Attempts.awaited(state, attempt) && attempt.calls().retries() < Limits.MAX_RATE_WAITS) {
            CashierCalls.retryLater(turn, attempt.with(AttemptStatus.OPENING));
            return Outcome.applied(state.stay(turn.dossier()), Reason.RATE_LIMITED);
        }
        return Attempts.fallBack(state, turn, refuse(turn, attempt), Reason.RATE_LIMITED);
    }

    /** Request bytes left and nothing certain came back: asked once more where that is harmless, else it stays unknown. */
    static Outcome lost(Live state, Turn turn, Attempt attempt, String code) {
        Attempt counted = turn.put(attempt.with(attempt.calls().answerLost()).withCode(code));
        if (!counted.movesMoney()
                && Attempts.awaited(state, counted)
                && counted.calls().lost() <= Limits.MAX_LOST_RETRIES) {
            CashierCalls.issue(turn, counted);
            return Outcome.applied(state.stay(turn.dossier()), Reason.ANSWER_LOST);
        }
        return unknown(state, turn, counted, Reason.ANSWER_LOST);
    }

    private static Outcome unknown(Live state, Turn turn, Attempt attempt, Reason reason) {
        Attempt unknown = turn.put(attempt.with(AttemptStatus.UNKNOWN));
        if (!unknown.movesMoney()) {
            return Attempts.fallBack(state, turn, unknown, reason);
        }
        turn.openCase(
                CaseKind.UNDER_REVIEW,
                Reason.MOVES_MONEY_UNDECIDED.code(),
                reason.code(),
                unknown.number(),
                "",
                unknown.amount());
        return Outcome.applied(
                state instanceof Undecided undecided ? undecided.review(turn.dossier()) : state.stay(turn.dossier()),
                reason);
    }

    private static Outcome notSent(Live state, Turn turn, Attempt attempt, Reason reason) {
        if (Attempts.awaited(state, attempt) && attempt.calls().retries() < Limits.MAX_RETRIES) {
            CashierCalls.retryLater(turn, attempt.with(AttemptStatus.OPENING));
            return Outcome.applied(state.stay(turn.dossier()), reason);
        }
        return Attempts.fallBack(state, turn, refuse(turn, attempt), reason);
    }

    private static Outcome notExecuted(Live state, Turn turn, Attempt attempt) {
        return attempt.lastCode().equals(NotExecuted.EXPIRED)
                ? notSent(state, turn, attempt, Reason.CALL_EXPIRED)
                : Attempts.afterEnd(state, turn, refuse(turn, attempt), Reason.CALL_NOT_EXECUTED);
    }

    /** An answer that nobody waits for any more: its transactions are kept, and money is money. */
    private static Outcome late(Live state, Turn turn, Attempt attempt, CashierAnswered answer) {
        return switch (answer.outcome()) {
            case PageOpened opened -> lateNames(state, turn, attempt, opened.transactionIds());
            case Rejected rejected -> lateNames(state, turn, attempt, rejected.transactionIds());
            case AnswerLost lost -> lateNames(state, turn, attempt, lost.transactionIds());
            case AnsweredAtOnce once
            when once.status() == TransactionStatus.APPROVED -> atOnce(state, turn, attempt, answer.commandId(), once);
            case AnsweredAtOnce once -> lateNames(state, turn, attempt, once.transactionIds());
            case NotSent notSent -> Outcome.noted(state.stay(turn.dossier()), Reason.ANSWER_LATE);
            case NotExecuted notExecuted -> Outcome.noted(state.stay(turn.dossier()), Reason.ANSWER_LATE);
        };
    }

    private static Outcome lateNames(Live state, Turn turn, Attempt attempt, List<String> ids) {
        Attempt named = CashierCalls.learn(turn, attempt, ids);
        Live same = state.stay(turn.dossier());
        return named.equals(attempt)
                ? Outcome.noted(same, Reason.ANSWER_LATE)
                : Outcome.applied(same, Reason.ANSWER_LATE);
    }
}
