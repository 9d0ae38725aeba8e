package dev.intermezzo.orchestrator.payment;

/** What a shop says about the payment of its order. A word never seen before is UNKNOWN and changes nothing. */
public enum ShopOrderStatus {
    PENDING,
    PAID,
    FAILED,
    UNKNOWN
}
