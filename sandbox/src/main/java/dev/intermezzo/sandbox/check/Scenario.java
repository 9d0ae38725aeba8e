package dev.intermezzo.sandbox.check;

/** What a buyer does. */
public enum Scenario {
    /** Pays. */
    APPROVED("approved", Outcome.APPROVED, 1),
    /** Declines at the provider and goes back to the shop. */
    DECLINED("declined", Outcome.FAILED, 0),
    /** Declines, starts again, pays. */
    DECLINED_THEN_APPROVED("declined-then-approved", Outcome.APPROVED, 1),
    /** Leaves the provider's page open, starts again, pays both pages. */
    SURPLUS("surplus", Outcome.APPROVED, 2),
    /** Posts the checkout form twice at once, pays. */
    DOUBLE_CLICK("double-click", Outcome.APPROVED, 1),
    /** Comes without a telephone number, fills in the details form, pays. */
    DETAILS_MISSING("details-missing", Outcome.APPROVED, 1),
    /** Pays, and the provider reports another amount. */
    WRONG_AMOUNT("wrong-amount", Outcome.UNDER_REVIEW, 1);

    private final String id;
    private final Outcome outcome;
    private final int charges;

    Scenario(String id, Outcome outcome, int charges) {
        this.id = id;
        this.outcome = outcome;
        this.charges = charges;
    }

    /** The name in reports. */
    public String id() {
        return id;
    }

    /** How it truly ends. */
    public Outcome outcome() {
        return outcome;
    }

    /** How many provider pages the buyer approves. */
    public int charges() {
        return charges;
    }
}
