package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import java.util.List;

/**
 * Where a payment stands. A record offers only its legal transitions, so an illegal one does not compile; which event may
 * cause which is the business of {@link TransitionTable}, from which this diagram is generated:
 *
 * <pre>{@code
 * (new)
 *   --> AWAITING_BUYER on CHECKOUT
 *   --> IN_PROGRESS    on CHECKOUT
 *   --> NOT_PAID       on CHECKOUT
 *   --> VERIFYING      on CHECKOUT
 *   --> UNDER_REVIEW   on CHECKOUT
 *   --> ORPHAN         on ORPHANED, WEBHOOK
 *   --> PAY_OUT        on OPERATOR_ACT
 * AWAITING_BUYER
 *   --> IN_PROGRESS    on ASKED_AGAIN, CHECKOUT, DETAILS
 *   --> APPROVED       on CASHIER_RESULT, OPERATOR_ACT, WEBHOOK
 *   --> NOT_PAID       on CHECKOUT, GAVE_UP, SHOP_CHANGE, TIMER
 *   --> VERIFYING      on CHECKOUT
 *   --> UNDER_REVIEW   on CASHIER_RESULT, OPERATOR_ACT, WEBHOOK
 * IN_PROGRESS
 *   --> AWAITING_BUYER on ASKED_AGAIN
 *   --> APPROVED       on CASHIER_RESULT, OPERATOR_ACT, WEBHOOK
 *   --> NOT_PAID       on CASHIER_RESULT, GAVE_UP, TIMER, WEBHOOK
 *   --> UNDER_REVIEW   on CASHIER_RESULT, OPERATOR_ACT, TIMER, WEBHOOK
 * APPROVED
 *   --> RETIRED        on TIMER
 * NOT_PAID
 *   --> AWAITING_BUYER on ASKED_AGAIN, CHECKOUT
 *   --> IN_PROGRESS    on ASKED_AGAIN, CHECKOUT
 *   --> APPROVED       on CASHIER_RESULT, OPERATOR_ACT, WEBHOOK
 *   --> VERIFYING      on CHECKOUT
 *   --> UNDER_REVIEW   on CASHIER_RESULT, CHECKOUT, OPERATOR_ACT, TIMER, WEBHOOK
 *   --> RETIRED        on TIMER
 * VERIFYING
 *   --> AWAITING_BUYER on SHOP_RESULT, TIMER
 *   --> IN_PROGRESS    on SHOP_RESULT, TIMER
 *   --> APPROVED       on CASHIER_RESULT, OPERATOR_ACT, WEBHOOK
 *   --> NOT_PAID       on GAVE_UP, SHOP_CHANGE, SHOP_RESULT, TIMER
 *   --> UNDER_REVIEW   on CASHIER_RESULT, OPERATOR_ACT, SHOP_RESULT, TIMER, WEBHOOK
 * UNDER_REVIEW
 *   --> AWAITING_BUYER on OPERATOR_ACT
 *   --> IN_PROGRESS    on OPERATOR_ACT
 *   --> APPROVED       on CASHIER_RESULT, OPERATOR_ACT, WEBHOOK
 *   --> NOT_PAID       on OPERATOR_ACT
 * RETIRED
 *   (never left)
 * ORPHAN
 *   (never left)
 * PAY_OUT
 *   (never left)
 * }</pre>
 */
public sealed interface PaymentState permits PaymentState.Live, PaymentState.Orphan, PaymentState.FreePayOut, Retired {

    String paymentId();

    String merchantId();

    Environment environment();

    /** Number of events taken so far; the next has this plus one. */
    long sequence();

    /** Payment time: never before the time of any event taken. */
    Instant time();

    /** Ids of the last events taken, oldest first. */
    List<String> recentEvents();

    /** Name of the state in the transition table, the diagram and the ledger. */
    StateKind kind();

    /** A payment with its whole dossier: all but orphans and stubs. */
    sealed interface Live extends PaymentState {

        Dossier dossier();

        /** The same state with other facts. */
        Live stay(Dossier dossier);

        @Override
        default String paymentId() {
            return dossier().paymentId();
        }

        @Override
        default String merchantId() {
            return dossier().merchantId();
        }

        @Override
        default Environment environment() {
            return dossier().environment();
        }

        @Override
        default long sequence() {
            return dossier().sequence();
        }

        @Override
        default Instant time() {
            return dossier().time();
        }

        @Override
        default List<String> recentEvents() {
            return dossier().recentEvents();
        }
    }

    /** A payment whose money is not confirmed. */
    sealed interface Undecided extends Live {

        @Override
        Undecided stay(Dossier dossier);

        /** An attempt is open. */
        default InProgress start(Dossier dossier) {
            return new InProgress(dossier);
        }

        /** The buyer must choose, confirm or complete something first. */
        default AwaitingBuyer awaitBuyer(Dossier dossier, boolean confirmed) {
            return new AwaitingBuyer(dossier, confirmed);
        }

        /** Matching money arrived, or two persons accepted what arrived. */
        default Approved approve(Dossier dossier) {
            return new Approved(dossier);
        }

        /** Declined, refused, expired or given up. */
        default NotPaid close(Dossier dossier, boolean closedForBuyer) {
            return new NotPaid(dossier, closedForBuyer);
        }

        /** A person must look at it. */
        default UnderReview review(Dossier dossier) {
            return new UnderReview(dossier);
        }
    }

    /**
     * A method must be chosen, details are missing, or a warning must be confirmed.
     *
     * @param confirmed the buyer read "if you already paid, do not pay again" and confirmed
     */
    record AwaitingBuyer(Dossier dossier, boolean confirmed) implements Undecided {

        /** A payment is born waiting for its buyer. */
        static AwaitingBuyer born(Dossier dossier) {
            return new AwaitingBuyer(dossier, false);
        }

        /** The shop is asked first. */
        Verifying verify(Dossier next) {
            return new Verifying(next, 1);
        }

        @Override
        public AwaitingBuyer stay(Dossier next) {
            return new AwaitingBuyer(next, confirmed);
        }

        @Override
        public StateKind kind() {
            return StateKind.AWAITING_BUYER;
        }
    }

    /** An attempt is open. */
    record InProgress(Dossier dossier) implements Undecided {

        @Override
        public InProgress stay(Dossier next) {
            return new InProgress(next);
        }

        @Override
        public StateKind kind() {
            return StateKind.IN_PROGRESS;
        }
    }

    /** Money confirmed; never left, except for the archive. */
    record Approved(Dossier dossier) implements Live {

        /** Keeps what late events need. */
        Retired retire(Dossier last) {
            return Retired.of(last, StateKind.APPROVED);
        }

        @Override
        public Approved stay(Dossier next) {
            return new Approved(next);
        }

        @Override
        public StateKind kind() {
            return StateKind.APPROVED;
        }
    }

    /**
     * Declined, refused, expired or given up; a late valid approval still wins, and a new checkout starts the next attempt.
     *
     * @param closedForBuyer only a new checkout from the shop leads on
     */
    record NotPaid(Dossier dossier, boolean closedForBuyer) implements Undecided {

        /** The shop is asked before the new checkout goes on. */
        Verifying verify(Dossier next) {
            return new Verifying(next, 1);
        }

        /** Keeps what late events need. */
        Retired retire(Dossier last) {
            return Retired.of(last, StateKind.NOT_PAID);
        }

        @Override
        public NotPaid stay(Dossier next) {
            return new NotPaid(next, closedForBuyer);
        }

        @Override
        public StateKind kind() {
            return StateKind.NOT_PAID;
        }
    }

    /**
     * The shop is being asked before money is.
     *
     * @param asked how many times so far
     */
    record Verifying(Dossier dossier, int asked) implements Undecided {

        Verifying askedAgain(Dossier next) {
            return new Verifying(next, asked + 1);
        }

        @Override
        public Verifying stay(Dossier next) {
            return new Verifying(next, asked);
        }

        @Override
        public StateKind kind() {
            return StateKind.VERIFYING;
        }
    }

    /** Leaves by an operator's decision or by a matching webhook. */
    record UnderReview(Dossier dossier) implements Undecided {

        @Override
        public UnderReview stay(Dossier next) {
            return new UnderReview(next);
        }

        @Override
        public StateKind kind() {
            return StateKind.UNDER_REVIEW;
        }
    }

    /**
     * Approved money without a payment, under an id of its own. Two persons attach it to a payment or agree otherwise.
     *
     * @param webhook the one that told of it
     */
    record Orphan(
            String paymentId,
            String merchantId,
            Environment environment,
            WebhookFacts webhook,
            List<Case> cases,
            Instant time,
            long sequence,
            List<String> recentEvents)
            implements PaymentState {

        public Orphan {
            cases = List.copyOf(cases);
            recentEvents = List.copyOf(recentEvents);
        }

        Orphan taking(Event event, List<Case> nextCases) {
            return new Orphan(
                    paymentId,
                    merchantId,
                    environment,
                    webhook,
                    nextCases,
                    event.occurredAt().isAfter(time) ? event.occurredAt() : time,
                    sequence + 1,
                    Lists.appendKeepingLast(recentEvents, event.id(), Dossier.MAX_RECENT_EVENTS));
        }

        @Override
        public StateKind kind() {
            return StateKind.ORPHAN;
        }
    }

    /**
     * Money paid out that belongs to no payment, under an id of its own. It is small from its beginning and so never
     * retires: its id must not begin a second time.
     *
     * @param payOut what becomes of the money, with its destination
     * @param cases doubts about it; empty as a rule
     * @param timers that count
     */
    record FreePayOut(
            String paymentId,
            String merchantId,
            Environment environment,
            Refund payOut,
            List<Case> cases,
            List<ArmedTimer> timers,
            Instant time,
            long sequence,
            List<String> recentEvents)
            implements PaymentState {

        public FreePayOut {
            cases = List.copyOf(cases);
            timers = List.copyOf(timers);
            recentEvents = List.copyOf(recentEvents);
        }

        /** @param dossier whose one refund it is */
        static FreePayOut of(Dossier dossier) {
            return new FreePayOut(
                    dossier.paymentId(),
                    dossier.merchantId(),
                    dossier.environment(),
                    dossier.refunds().getFirst(),
                    dossier.cases(),
                    dossier.timers(),
                    dossier.time(),
                    dossier.sequence(),
                    dossier.recentEvents());
        }

        @Override
        public StateKind kind() {
            return StateKind.PAY_OUT;
        }
    }
}
