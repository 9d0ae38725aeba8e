package dev.intermezzo.sandbox.check;

/**
 * What the pipeline says of a refund that two persons ordered. One payment has at most one here, so the buyer's address
 * names it at the Cashier.
 *
 * @param orderUuid of its payment
 * @param email the buyer's
 * @param word where it stands by the pipeline's own word
 * @param caseOpen whether a person is asked to look at it
 */
public record RefundOutcome(String orderUuid, String email, Word word, boolean caseOpen) {

    /** Where a refund can stand. */
    public enum Word {
        /** The money left. */
        PAID,
        /** The money certainly did not leave. */
        REFUSED,
        /** The money may have left. */
        UNKNOWN,
        /** On its way, or never heard of. */
        OPEN
    }
}
