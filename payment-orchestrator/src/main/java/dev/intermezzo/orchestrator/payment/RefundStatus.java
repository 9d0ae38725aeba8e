package dev.intermezzo.orchestrator.payment;

/** Where a refund stands. All but REFUSED count as spent. */
public enum RefundStatus {
    /** Decided; its command is out or waits for its turn. */
    REQUESTED,
    /** Claimed by an executor: from now on it may have happened. */
    CLAIMED,
    /** Accepted and not yet paid. */
    PENDING,
    PAID,
    /** Certainly not paid. */
    REFUSED,
    /** Its answer was lost; counts as spent until a fact decides it. */
    UNKNOWN
}
