package dev.intermezzo.orchestrator.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.PaymentState.Approved;
import dev.intermezzo.orchestrator.payment.PaymentState.AwaitingBuyer;
import dev.intermezzo.orchestrator.payment.PaymentState.FreePayOut;
import dev.intermezzo.orchestrator.payment.PaymentState.InProgress;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.PaymentState.NotPaid;
import dev.intermezzo.orchestrator.payment.PaymentState.Orphan;
import dev.intermezzo.orchestrator.payment.PaymentState.UnderReview;
import dev.intermezzo.orchestrator.payment.PaymentState.Verifying;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** In every state something ends the wait: a timer of the payment, or a case that a person sees (docs/payments.md). */
class NothingSticksTest {

    @Property(tries = 1500)
    void whatever_happens_a_timer_or_a_case_leads_on(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int events) {
        PaymentState state = null;
        for (Event event : new World(new Random(seed)).live(events).story().events()) {
            PaymentState next = Decider.decide(state, event).next();
            if (next == null) {
                return;
            }
            state = Objects.requireNonNull(next);
            check(state, seed, event);
        }
    }

    private static void check(PaymentState state, long seed, Event event) {
        String where = "seed " + seed + " after " + event + ": " + state;
        switch (state) {
            case AwaitingBuyer live -> armed(live, where, TimerKind.ORDER_TIME);
            case InProgress live -> {
                armed(live, where, TimerKind.ORDER_TIME);
                callsEnd(live, where);
            }
            case Verifying live -> {
                armed(live, where, TimerKind.ORDER_TIME);
                armed(live, where, TimerKind.CASHIER_ANSWER, TimerKind.CASHIER_RETRY);
            }
            case NotPaid live -> armed(live, where, TimerKind.ORDER_TIME, TimerKind.LATE_WINDOW, TimerKind.RETIREMENT);
            case Approved live -> armed(live, where, TimerKind.RETIREMENT);
            case UnderReview live ->
                assertThat(live.dossier().openCases()).as(where).isNotEmpty();
            case Retired stub ->
                assertThat(stub.expired()
                                || stub.timers().stream().anyMatch(timer -> timer.kind() == TimerKind.RETIREMENT))
                        .as(where)
                        .isTrue();
            case FreePayOut payOut -> throw new AssertionError("no buyer begins one: " + where);
            case Orphan orphan -> assertThat(orphan.cases()).as(where).isNotEmpty();
        }
        if (state instanceof Live live) {
            refundsEnd(live, where);
        }
    }

    /**
     * A call that is out, or waits to be made again, has a timer of its own. What waits for its account's release, or was
     * declined while nobody knows of an earlier call's transaction, is led on by the order's time.
     */
    private static void callsEnd(Live live, String where) {
        live.dossier()
                .lastAttempt()
                .filter(attempt -> attempt.status() == AttemptStatus.OPENING
                        && !attempt.calls().onHold()
                        && attempt.transactions().stream()
                                .noneMatch(known -> known.status() == TransactionStatus.DECLINED))
                .ifPresent(attempt ->
                        assertThat(ownTimer(live, attempt.number())).as(where).isTrue());
    }

    /** One that is accepted and not yet paid waits for its webhook alone: that is what the auditor counts. */
    private static void refundsEnd(Live live, String where) {
        live.dossier().refunds().stream()
                .filter(refund -> refund.status() == RefundStatus.REQUESTED || refund.status() == RefundStatus.CLAIMED)
                .forEach(refund ->
                        assertThat(ownTimer(live, refund.number())).as(where).isTrue());
    }

    private static boolean ownTimer(Live live, int number) {
        return live.dossier().timer(TimerKind.CASHIER_ANSWER, number).isPresent()
                || live.dossier().timer(TimerKind.CASHIER_RETRY, number).isPresent();
    }

    private static void armed(Live live, String where, TimerKind... any) {
        assertThat(Stream.of(any)
                        .anyMatch(kind -> live.dossier().timers().stream().anyMatch(timer -> timer.kind() == kind)))
                .as(where)
                .isTrue();
    }
}
