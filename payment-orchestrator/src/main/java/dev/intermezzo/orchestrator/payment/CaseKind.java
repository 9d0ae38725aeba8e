package dev.intermezzo.orchestrator.payment;

/** What a case is about. A case stays open until someone, or a fact, decides it. */
public enum CaseKind {
    /** A further approved transaction of a payment that was approved already. */
    SURPLUS_PAYMENT,
    /** Approved money that belongs to no known attempt. */
    ORPHAN_PAYMENT,
    /** An approved transaction was declined, or became unknown, later. Blocks refunds. */
    REVERSAL,
    /** The shop's status is not the one it should be told. */
    SHOP_DISAGREES,
    /** Something that a person must look at; its reason says what. */
    UNDER_REVIEW
}
