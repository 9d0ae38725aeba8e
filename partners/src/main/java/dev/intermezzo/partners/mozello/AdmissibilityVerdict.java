package dev.intermezzo.partners.mozello;

import java.util.List;

/** Whether a form, provided it is signed, may become a payment. */
public sealed interface AdmissibilityVerdict {

    /** The form is as documented and leads only to the merchant's hosts. */
    record Admissible(Checkout checkout) implements AdmissibilityVerdict {}

    /**
     * The form is in order except for what an operator has to decide; nothing is paid, redirected or posted meanwhile.
     *
     * @param reasons at least one
     */
    record Held(Checkout checkout, List<HoldReason> reasons) implements AdmissibilityVerdict {

        public Held {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a checkout is not held without a reason");
            }
        }
    }

    /**
     * The form is no checkout we take, whoever signed it.
     *
     * @param code one of the stable codes of {@link Admissibility}, or of {@link FormReading.Unreadable} when there was no
     *     form to judge
     * @param sentence what is wrong, for a person; it names fields, never their values
     */
    record Refused(String code, String sentence) implements AdmissibilityVerdict {}
}
