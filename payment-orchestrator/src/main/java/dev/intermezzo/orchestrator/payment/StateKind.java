package dev.intermezzo.orchestrator.payment;

/** The kinds of {@link PaymentState}, by name. */
public enum StateKind {
    AWAITING_BUYER,
    IN_PROGRESS,
    APPROVED,
    NOT_PAID,
    VERIFYING,
    UNDER_REVIEW,
    /** A stub. */
    RETIRED,
    /** Approved money that no payment claimed. */
    ORPHAN,
    /** Money paid out that belongs to no payment. */
    PAY_OUT
}
