package dev.intermezzo.orchestrator.payment;

/** Where an attempt stands (payments, "A payment and its attempts"). */
public enum AttemptStatus {
    /** A Cashier call is out, or waits for its turn. */
    OPENING,
    /** A provider page or instruction was handed out. */
    AT_PROVIDER,
    /** Final: money confirmed. */
    APPROVED,
    /** By webhook or by the answer itself; only an approval is stronger. */
    DECLINED,
    /** The Cashier would not open it. */
    REFUSED,
    /** The order's time was over without word. */
    EXPIRED,
    /** A call's answer was lost; it may still be payable. */
    UNKNOWN
}
