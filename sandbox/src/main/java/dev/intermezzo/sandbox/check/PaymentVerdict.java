package dev.intermezzo.sandbox.check;

import java.util.List;

/**
 * The judgement on one payment.
 *
 * @param actual what became of it at the shop: an outcome's name, or {@code pending}
 * @param lost accepted, but the expected message neither reached the shop nor is parked
 * @param duplicated charged, or its status changed, more often than planned
 * @param contradicted the shop's final status differs from the truth
 * @param astray whether the buyer's journey broke off or ended on another page
 * @param problems sentences on everything that did not end as expected; empty when all is well
 */
record PaymentVerdict(
        PlannedPayment planned,
        String actual,
        boolean lost,
        boolean duplicated,
        boolean contradicted,
        boolean astray,
        List<String> problems) {

    PaymentVerdict {
        problems = List.copyOf(problems);
    }

    boolean wrong() {
        return !problems.isEmpty();
    }

    /** Whether waiting cannot make it right any more. */
    boolean irreparable() {
        return duplicated || contradicted || astray;
    }
}
