package dev.intermezzo.sandbox.faults;

/** What the shop does to the first notifications of an order. */
public enum NotifyFault {
    /** Nothing. */
    NONE("none"),
    /** Answered 500 without looking at it. */
    ERROR_500("shop-500"),
    /** Neither processed nor answered within a sender's deadline. */
    HANG("shop-hang"),
    /** Processed, then the connection closes without an answer. */
    LOST_ANSWER("shop-lost-answer");

    private final String id;

    NotifyFault(String id) {
        this.id = id;
    }

    /** The name in reports. */
    public String id() {
        return id;
    }
}
