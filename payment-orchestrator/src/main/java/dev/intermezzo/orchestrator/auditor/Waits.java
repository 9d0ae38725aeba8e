package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.payment.ArmedTimer;
import dev.intermezzo.orchestrator.payment.Attempt;
import dev.intermezzo.orchestrator.payment.AttemptStatus;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.Dossier;
import dev.intermezzo.orchestrator.payment.Message;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.OperationKind;
import dev.intermezzo.orchestrator.payment.Page;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.orchestrator.payment.TimerKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a payment waits for, and since when; where several waits are of one kind, the oldest counts. */
final class Waits {
    private final Instant now;
    private final Map<StuckRule, Instant> since = new EnumMap<>(StuckRule.class);

    private Waits(Instant now) {
        this.now = now;
    }

    /** Of a payment as it is; a wait whose beginning the state does not tell begins with the state's own time. */
    static Map<StuckRule, Instant> of(PaymentState state) {
        Waits waits = new Waits(state.time());
        switch (state) {
            case Live live -> waits.live(live);
            case Retired stub -> {
                waits.cases(stub.cases());
                waits.refunds(stub.refunds());
                waits.timers(stub.timers());
            }
            case FreePayOut payOut -> {
                waits.cases(payOut.cases());
                waits.refunds(List.of(payOut.payOut()));
                waits.timers(payOut.timers());
            }
            case Orphan orphan -> waits.cases(orphan.cases());
        }
        return waits.since;
    }

    private void live(Live live) {
        Dossier dossier = live.dossier();
        boolean waitsForBuyerOrProvider = switch (live) {
            case AwaitingBuyer awaiting -> true;
            case InProgress inProgress -> true;
            case Verifying verifying -> true;
            case Approved approved -> false;
            case NotPaid notPaid -> false;
            case UnderReview review -> false;
        };
        if (waitsForBuyerOrProvider) {
            put(StuckRule.ORDER_TIME, dossier.order().timeEnds());
        }
        if (live instanceof Verifying) {
            put(StuckRule.VERIFYING, now);
        }
        dossier.attempts().forEach(attempt -> attempt(live, attempt));
        if (waitsForBuyerOrProvider) {
            dossier.attempts().forEach(this::page);
        }
        if (waitsForBuyerOrProvider || inLateWindow(dossier)) {
            dossier.attempts().forEach(this::lostPage);
        }
        refunds(dossier.refunds());
        cases(dossier.cases());
        messages(dossier.messages());
        timers(dossier.timers());
    }

    private void attempt(Live live, Attempt attempt) {
        if (attempt.status() == AttemptStatus.OPENING && live instanceof InProgress) {
            put(attempt.calls().onHold() ? StuckRule.ON_HOLD : StuckRule.OPENING, attempt.openedAt());
        }
        if (attempt.status() == AttemptStatus.UNKNOWN && attempt.route().kind() == OperationKind.MOVES_MONEY) {
            put(StuckRule.UNKNOWN_MONEY, now);
        }
    }

    /** The buyer can do nothing there any more, so the provider knows how it ended. */
    private void page(Attempt attempt) {
        Page page = attempt.page();
        if (attempt.status() == AttemptStatus.AT_PROVIDER && page != null && page.usableUntil() != null) {
            put(StuckRule.AT_PROVIDER, page.usableUntil());
        }
    }

    private void lostPage(Attempt attempt) {
        if (attempt.status() == AttemptStatus.UNKNOWN && attempt.route().kind() == OperationKind.OPENS_PAGE) {
            put(StuckRule.UNKNOWN_PAGE, now);
        }
    }

    /** Nobody tells the shop yet, because a word may still come. */
    private static boolean inLateWindow(Dossier dossier) {
        return dossier.timers().stream().anyMatch(timer -> timer.kind() == TimerKind.LATE_WINDOW);
    }

    private void refunds(List<Refund> refunds) {
        for (Refund refund : refunds) {
            switch (refund.status()) {
                case REQUESTED, CLAIMED, PENDING ->
                    put(refund.calls().onHold() ? StuckRule.ON_HOLD : StuckRule.REFUND, now);
                case UNKNOWN -> put(StuckRule.UNKNOWN_REFUND, now);
                case PAID, REFUSED -> {}
            }
        }
    }

    private void cases(List<Case> cases) {
        cases.stream().filter(Case::open).forEach(each -> put(StuckRule.of(each.kind()), each.openedAt()));
    }

    private void messages(List<Message> messages) {
        for (Message message : messages) {
            if (message.end() == null) {
                put(StuckRule.MESSAGE, now);
            } else if (message.end() == NotificationEnd.PARKED) {
                put(StuckRule.PARKED, now);
            }
        }
    }

    private void timers(List<ArmedTimer> timers) {
        timers.forEach(timer -> put(StuckRule.TIMER, timer.due()));
    }

    private void put(StuckRule rule, Instant from) {
        since.merge(rule, from, (one, other) -> one.isBefore(other) ? one : other);
    }
}
