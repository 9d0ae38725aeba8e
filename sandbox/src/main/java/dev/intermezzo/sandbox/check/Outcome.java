package dev.intermezzo.sandbox.check;

/** How a payment truly ends, fixed before it begins. */
public enum Outcome {
    /** The shop is told {@code approved}. */
    APPROVED("approved"),
    /** The shop is told {@code failed}. */
    FAILED("failed"),
    /** The shop is told nothing; an operator must decide. */
    UNDER_REVIEW("under-review");

    private final String id;

    Outcome(String id) {
        this.id = id;
    }

    /** The name in reports. */
    public String id() {
        return id;
    }
}
