package dev.intermezzo.sandbox.faults;

/** What goes wrong with the first Cashier call of a payment; later calls of the same buyer are answered as usual. */
public enum CallFault {
    /** Nothing. */
    NONE("none"),
    /** The answer takes longer. */
    DELAY("cashier-delay"),
    /** Answered 500 in the documented shape; no transaction exists. */
    ERROR_500("cashier-500"),
    /** Not answered within any sensible deadline; no transaction exists. */
    HANG("cashier-hang"),
    /** The transaction is created, then the connection closes without an answer. */
    LOST_ANSWER("lost-answer"),
    /** The provider approves at once and its webhook is delivered before the call is answered. */
    WEBHOOK_BEFORE_ANSWER("webhook-before-answer");

    private final String id;

    CallFault(String id) {
        this.id = id;
    }

    /** The name in reports. */
    public String id() {
        return id;
    }
}
