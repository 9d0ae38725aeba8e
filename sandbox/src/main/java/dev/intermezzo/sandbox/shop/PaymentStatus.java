package dev.intermezzo.sandbox.shop;

/** An order's payment status, in the Store API's words. */
public enum PaymentStatus {
    PENDING("pending"),
    PAID("paid"),
    FAILED("failed");

    private final String word;

    PaymentStatus(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
