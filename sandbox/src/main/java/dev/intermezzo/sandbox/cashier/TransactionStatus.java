package dev.intermezzo.sandbox.cashier;

/** Where a transaction at the simulated provider stands. */
public enum TransactionStatus {
    PENDING,
    APPROVED,
    DECLINED,
    /** The buyer left the page; no word goes to anybody. */
    CANCELLED
}
