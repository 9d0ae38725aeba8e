package dev.intermezzo.sandbox.faults;

/** What goes wrong with a payment's webhooks. */
public enum WebhookFault {
    /** Nothing. */
    NONE("none"),
    /** The same webhook is delivered three times. */
    DUPLICATE("duplicate-webhook"),
    /** A {@code Pending} that was raised first is delivered after the outcome. */
    REORDERED("reordered-webhook"),
    /** A status that no document names comes before the outcome. */
    UNKNOWN_STATUS("unknown-status"),
    /** The webhook names less money than was asked. */
    WRONG_AMOUNT("wrong-amount"),
    /** An approval of a transaction that nobody ever opened comes along. */
    UNKNOWN_TRANSACTION("unknown-transaction");

    private final String id;

    WebhookFault(String id) {
        this.id = id;
    }

    /** The name in reports. */
    public String id() {
        return id;
    }
}
