package dev.intermezzo.orchestrator.payment;

/** What a timer waits for. */
public enum TimerKind {
    /** A Cashier call, or the shop's answer (attempt 0), did not come in time. */
    CASHIER_ANSWER,
    /** Try again after a backoff; for an account on hold, the end of the wait. */
    CASHIER_RETRY,
    /** The order's time is over. */
    ORDER_TIME,
    /** The provider's late window is over. */
    LATE_WINDOW,
    /** A closed payment retires to a stub. */
    RETIREMENT,
    OTHER
}
