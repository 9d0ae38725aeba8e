package dev.intermezzo.orchestrator.payment;

/** Mozarto's normalised status. Anything but the known words is UNKNOWN and changes nothing. */
public enum TransactionStatus {
    APPROVED,
    DECLINED,
    PENDING,
    UNKNOWN
}
