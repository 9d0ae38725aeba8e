package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Act.RefundRecorded;
import dev.intermezzo.orchestrator.payment.Act.RefundRequested;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnswerLost;
import dev.intermezzo.orchestrator.payment.CashierOutcome.AnsweredAtOnce;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotExecuted;
import dev.intermezzo.orchestrator.payment.CashierOutcome.NotSent;
import dev.intermezzo.orchestrator.payment.CashierOutcome.PageOpened;
import dev.intermezzo.orchestrator.payment.CashierOutcome.Rejected;
import dev.intermezzo.orchestrator.payment.Fact.CashierAnswered;
import dev.intermezzo.orchestrator.payment.Fact.WebhookReceived;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Refunds as sub-records of their payment (payments, "Pay-outs and refunds"): their sum never passes what was approved. By which
 * provider money can go back is in the catalogue: whoever asks, and the executor, look there.
 */
final class RefundRules {

    private RefundRules() {}

    static Outcome onRequest(Live state, Turn turn, RefundRequested wish) {
        Optional<Reason> refusal = refusal(turn.dossier(), wish.refundId(), wish.amount());
        if (refusal.isPresent()) {
            return Outcome.refused(state.stay(turn.dossier()), refusal.get());
        }
        payOut(
                turn,
                new Refund(
                        wish.refundId(),
                        nextNumber(turn.dossier()),
                        wish.amount(),
                        wish.provider(),
                        wish.account(),
                        wish.settings(),
                        RefundStatus.REQUESTED,
                        Calls.NONE,
                        List.of(),
                        "",
                        false));
        return Outcome.applied(state.stay(turn.dossier()), Reason.REFUND_REQUESTED);
    }

    static Outcome onRecord(Live state, Turn turn, RefundRecorded made) {
        Optional<Reason> refusal = refusal(turn.dossier(), made.refundId(), made.amount());
        if (refusal.isPresent()) {
            return Outcome.refused(state.stay(turn.dossier()), refusal.get());
        }
        paid(
                turn,
                new Refund(
                        made.refundId(),
                        nextNumber(turn.dossier()),
                        made.amount(),
                        "",
                        "",
                        List.of(),
                        RefundStatus.REQUESTED,
                        Calls.NONE,
                        List.of(),
                        "",
                        false));
        return Outcome.applied(state.stay(turn.dossier()), Reason.REFUND_RECORDED);
    }

    private static Optional<Reason> refusal(Dossier dossier, String id, Money amount) {
        if (dossier.refunds().stream().anyMatch(known -> known.id().equals(id))) {
            return Optional.of(Reason.REFUND_REPEATED);
        }
        if (dossier.hasOpenCase(CaseKind.REVERSAL)) {
            return Optional.of(Reason.REFUND_BLOCKED_BY_REVERSAL);
        }
        if (dossier.refunds().stream().anyMatch(Refund::inFlight)) {
            return Optional.of(Reason.REFUND_IN_FLIGHT);
        }
        if (dossier.refunds().size() == Dossier.MAX_REFUNDS) {
            return Optional.of(Reason.REFUNDS_EXHAUSTED);
        }
        if (!amount.isPositive()
                || !amount.getCurrencyUnit().equals(dossier.order().amount().getCurrencyUnit())) {
            return Optional.of(Reason.REFUND_AMOUNT_INVALID);
        }
        return dossier.refundedSum().plus(amount).isGreaterThan(dossier.approvedSum())
                ? Optional.of(Reason.REFUND_EXCEEDS_APPROVED)
                : Optional.empty();
    }

    private static int nextNumber(Dossier dossier) {
        return Dossier.MAX_ATTEMPTS + 1 + dossier.refunds().size();
    }

    /** The one place that decides to move money to somebody. */
    static void payOut(Turn turn, Refund refund) {
        var notAfter = turn.now().plus(Limits.MONEY_NOT_AFTER);
        Command.PayOut command = turn.command(head -> new Command.PayOut(
                head,
                refund.number(),
                refund.provider(),
                refund.account(),
                refund.amount(),
                refund.settings(),
                notAfter,
                turn.dossier().buyer(),
                (refund.destination() == null ? "refund " : "pay-out ") + refund.id(),
                refund.destination()));
        turn.disarm(TimerKind.CASHIER_RETRY, refund.number());
        turn.armAt(
                TimerKind.CASHIER_ANSWER,
                refund.number(),
                notAfter.plus(Limits.CALL_DEADLINE).plus(Limits.REPORT_SLACK));
        turn.put(refund.issued(command.id()));
    }

    // What becomes of it

    /**
     * The claim's echo and the answer come by different topics, so either may be first. Only a second echo of one command is
     * an alarm.
     */
    static Outcome onStarted(Live state, Turn turn, Fact.ExecutionStarted started) {
        Optional<Refund> refund = turn.dossier()
                .refund(started.attempt())
                .filter(known -> known.calls().current(started.commandId()));
        if (refund.isEmpty()) {
            return Outcome.noted(state.stay(turn.dossier()), startedElsewhere(turn, started));
        }
        if (refund.get().claimed()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.EXECUTION_STARTED_AGAIN);
        }
        boolean waiting = turn.dossier()
                .timer(TimerKind.CASHIER_ANSWER, refund.get().number())
                .isPresent();
        turn.put(refund.get().claimed(waiting));
        return Outcome.applied(state.stay(turn.dossier()), Reason.EXECUTION_STARTED);
    }

    private static Reason startedElsewhere(Turn turn, Fact.ExecutionStarted started) {
        boolean ours = turn.dossier()
                        .attempt(started.attempt())
                        .filter(known -> known.calls().includes(started.commandId()))
                        .isPresent()
                || turn.dossier()
                        .refund(started.attempt())
                        .filter(known -> known.calls().includes(started.commandId()))
                        .isPresent();
        return ours ? Reason.EXECUTION_STARTED : Reason.COMMAND_UNKNOWN;
    }

    static Outcome onAnswer(Live state, Turn turn, CashierAnswered answer) {
        Optional<Refund> found = turn.dossier()
                .refund(answer.attempt())
                .filter(known -> known.calls().includes(answer.commandId())
                        && known.provider().equals(answer.provider())
                        && known.account().equals(answer.account()));
        if (found.isEmpty()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.COMMAND_UNKNOWN);
        }
        Refund refund = found.get();
        if (!refund.calls().current(answer.commandId())
                || refund.status() == RefundStatus.PAID
                || refund.status() == RefundStatus.REFUSED) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.ANSWER_LATE);
        }
        CashierCalls.stopWaiting(turn, refund.number());
        Reason reason = outcome(turn, refund, answer.outcome());
        return Outcome.applied(state.stay(turn.dossier()), reason);
    }

    private static Reason outcome(Turn turn, Refund refund, CashierOutcome outcome) {
        return switch (outcome) {
            case AnsweredAtOnce once ->
                switch (once.status()) {
                    case APPROVED -> paid(turn, learn(turn, refund, once.transactionIds()));
                    case DECLINED -> refused(turn, refund, Reason.REFUND_REFUSED, "declined");
                    case PENDING -> pending(turn, learn(turn, refund, once.transactionIds()));
                    case UNKNOWN ->
                        unknown(turn, learn(turn, refund, once.transactionIds()), Reason.ANSWER_STATUS_UNKNOWN);
                };
            case PageOpened opened -> pending(turn, learn(turn, refund, opened.transactionIds()));
            case AnswerLost lost -> unknown(turn, learn(turn, refund, lost.transactionIds()), Reason.ANSWER_LOST);
            case NotSent notSent -> notSent(turn, refund, notSent.code());
            case NotExecuted not -> refused(turn, refund, Reason.CALL_NOT_EXECUTED, not.code());
            case Rejected rejected -> rejected(turn, refund, rejected);
        };
    }

    private static Reason rejected(Turn turn, Refund refund, Rejected rejected) {
        return switch (rejected.category()) {
            case VALIDATION, VOUCHER_REJECTED -> refused(turn, refund, Reason.REFUND_REFUSED, rejected.code());
            case RULE_OR_CONFIGURATION_MISSING -> refused(turn, refund, Reason.CONFIGURATION_MISSING, rejected.code());
            case PSP_CREDENTIALS_INVALID -> refused(turn, refund, Reason.PROVIDER_CREDENTIALS_INVALID, rejected.code());
            case ACCOUNT_AUTHENTICATION -> {
                turn.put(refund.with(refund.calls().held())
                        .withCode(rejected.code())
                        .with(RefundStatus.REQUESTED));
                turn.arm(TimerKind.CASHIER_RETRY, refund.number(), Limits.MONEY_HOLD);
                yield Reason.ACCOUNT_ON_HOLD;
            }
            case RATE_LIMITED -> unknown(turn, refund, Reason.RATE_LIMITED);
            case INDETERMINATE -> unknown(turn, learn(turn, refund, rejected.transactionIds()), Reason.ANSWER_LOST);
        };
    }

    private static Reason notSent(Turn turn, Refund refund, String code) {
        if (refund.calls().retries() == Limits.MAX_RETRIES) {
            return refused(turn, refund, Reason.CALL_NOT_SENT, code);
        }
        turn.arm(
                TimerKind.CASHIER_RETRY,
                refund.number(),
                Limits.backoff(refund.calls().retries()));
        turn.put(refund.with(refund.calls().retried()).withCode(code).with(RefundStatus.REQUESTED));
        return Reason.CALL_NOT_SENT;
    }

    /** The call's report did not come in time: whoever claimed it may have sent it. */
    static Outcome onSilence(Live state, Turn turn, Refund refund) {
        Reason reason = refund.status() == RefundStatus.REQUESTED || refund.status() == RefundStatus.CLAIMED
                ? unknown(turn, refund, Reason.ANSWER_LOST)
                : Reason.TIMER_WITHOUT_EFFECT;
        return Outcome.applied(state.stay(turn.dossier()), reason);
    }

    /** The wait is over: a call that was not sent is made again; one whose account was not released is given up. */
    static Outcome onRetry(Live state, Turn turn, Refund refund) {
        if (refund.status() != RefundStatus.REQUESTED) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.TIMER_WITHOUT_EFFECT);
        }
        if (refund.calls().onHold()) {
            refused(turn, refund, Reason.ACCOUNT_NOT_RELEASED, refund.lastCode());
            return Outcome.applied(state.stay(turn.dossier()), Reason.ACCOUNT_NOT_RELEASED);
        }
        payOut(turn, refund);
        return Outcome.applied(state.stay(turn.dossier()), Reason.CALL_REPEATED);
    }

    /** The account works again. */
    static boolean onRelease(Turn turn, String account) {
        List<Refund> held = turn.dossier().refunds().stream()
                .filter(refund -> refund.status() == RefundStatus.REQUESTED
                        && refund.calls().onHold()
                        && refund.account().equals(account))
                .toList();
        held.forEach(refund -> payOut(turn, refund));
        return !held.isEmpty();
    }

    static Outcome onWebhook(Live state, Turn turn, WebhookReceived received) {
        WebhookFacts facts = received.webhook();
        Optional<Refund> found = turn.dossier().refund(received.attempt());
        if (found.isEmpty()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.ATTEMPT_UNKNOWN);
        }
        Refund refund = found.get();
        Optional<Reason> foreign = WebhookRules.foreign(refund.account(), refund.provider(), facts);
        if (foreign.isPresent()) {
            return Outcome.noted(state.stay(turn.dossier()), foreign.get());
        }
        return switch (facts.status()) {
            case UNKNOWN -> Outcome.noted(state.stay(turn.dossier()), Reason.WEBHOOK_STATUS_UNKNOWN);
            case PENDING -> Outcome.noted(state.stay(turn.dossier()), Reason.TRANSACTION_PENDING);
            case APPROVED -> confirmed(state, turn, refund, facts);
            case DECLINED -> denied(state, turn, refund, facts);
        };
    }

    private static Outcome confirmed(Live state, Turn turn, Refund refund, WebhookFacts facts) {
        if (refund.status() == RefundStatus.PAID) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.REFUND_PAID);
        }
        MoneyMatch match = MoneyMatch.of(refund.amount(), facts.amount(), facts.currency(), true);
        if (!match.matches() || refund.status() == RefundStatus.REFUSED) {
            Reason reason = match.matches() ? Reason.REFUND_PAID_AFTER_REFUSAL : match.reason();
            return doubt(state, turn, refund, facts, reason);
        }
        CashierCalls.stopWaiting(turn, refund.number());
        paid(turn, learn(turn, refund, List.of(facts.transactionId())));
        return Outcome.applied(state.stay(turn.dossier()), Reason.REFUND_PAID);
    }

    private static Outcome denied(Live state, Turn turn, Refund refund, WebhookFacts facts) {
        return switch (refund.status()) {
            case PAID -> doubt(state, turn, refund, facts, Reason.DECLINED_AFTER_APPROVAL);
            case REFUSED -> Outcome.noted(state.stay(turn.dossier()), Reason.REFUND_REFUSED);
            case REQUESTED, CLAIMED, PENDING, UNKNOWN -> {
                CashierCalls.stopWaiting(turn, refund.number());
                refused(turn, refund, Reason.REFUND_REFUSED, "declined");
                yield Outcome.applied(state.stay(turn.dossier()), Reason.REFUND_REFUSED);
            }
        };
    }

    private static Outcome doubt(Live state, Turn turn, Refund refund, WebhookFacts facts, Reason reason) {
        boolean opened = turn.openCase(
                CaseKind.UNDER_REVIEW, reason.code(), "", refund.number(), facts.transactionId(), refund.amount());
        Live same = state.stay(turn.dossier());
        return opened ? Outcome.applied(same, reason) : Outcome.noted(same, reason);
    }

    private static Refund learn(Turn turn, Refund refund, List<String> ids) {
        for (String id : ids) {
            if (!refund.transactionIds().contains(id)) {
                turn.command(head ->
                        new Command.IndexTransaction(head, refund.account(), id, refund.number(), refund.provider()));
            }
        }
        return turn.put(refund.naming(ids));
    }

    private static Reason paid(Turn turn, Refund refund) {
        turn.put(refund.with(RefundStatus.PAID));
        decided(turn, refund, Reason.REFUND_PAID);
        Dossier dossier = turn.dossier();
        Money kept = dossier.approvedSum().minus(dossier.refundedSum());
        boolean owed = dossier.message(NotifyStatus.APPROVED).isPresent();
        if (kept.equals(owed ? dossier.order().amount() : Money.zero(kept.getCurrencyUnit()))) {
            turn.resolveCases(each -> each.kind() == CaseKind.SURPLUS_PAYMENT, Reason.REFUND_PAID.code());
        }
        return Reason.REFUND_PAID;
    }

    private static Reason refused(Turn turn, Refund refund, Reason reason, String code) {
        turn.put(refund.withCode(code).with(RefundStatus.REFUSED));
        decided(turn, refund, reason);
        return reason;
    }

    private static Reason pending(Turn turn, Refund refund) {
        turn.put(refund.with(RefundStatus.PENDING));
        decided(turn, refund, Reason.REFUND_PENDING);
        return Reason.REFUND_PENDING;
    }

    private static Reason unknown(Turn turn, Refund refund, Reason reason) {
        turn.put(refund.withCode(reason.code()).with(RefundStatus.UNKNOWN));
        turn.openCase(
                CaseKind.UNDER_REVIEW,
                Reason.REFUND_UNKNOWN.code(),
                reason.code(),
                refund.number(),
                "",
                refund.amount());
        return reason;
    }

    /** A fact ends the doubt about this refund. */
    private static void decided(Turn turn, Refund refund, Reason reason) {
        turn.resolveCases(
                each -> each.kind() == CaseKind.UNDER_REVIEW
                        && each.reason().equals(Reason.REFUND_UNKNOWN.code())
                        && each.attempt() == refund.number(),
                reason.code());
    }
}
