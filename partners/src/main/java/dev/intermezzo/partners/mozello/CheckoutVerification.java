package dev.intermezzo.partners.mozello;

/**
 * The two verdicts on one checkout. Both are always reached, so that an integrator sees both; a payment needs both.
 *
 * @param signature the verdict on the signature; for a body that is no form, {@code Invalid} with the reader's code
 * @param admissibility the verdict on the form; for a body that is no form, {@code Refused} with the reader's code
 */
public record CheckoutVerification(SignatureVerdict signature, AdmissibilityVerdict admissibility) {

    public boolean signatureValid() {
        return signature instanceof SignatureVerdict.Valid;
    }

    /** Whether the form could be paid if it is signed; a held form could not, until an operator acts. */
    public boolean acceptable() {
        return admissibility instanceof AdmissibilityVerdict.Admissible;
    }

    /** Whether the checkout is signed and acceptable. */
    public boolean valid() {
        return signatureValid() && acceptable();
    }

    /**
     * {@code valid}, or the code of the first objection. The signature's comes first: who cannot sign learns nothing of
     * the merchant's settings.
     */
    public String code() {
        return objection().code();
    }

    /** The sentence that belongs to {@link #code}. */
    public String reason() {
        return objection().sentence();
    }

    private Objection objection() {
        return switch (signature) {
            case SignatureVerdict.Invalid invalid -> new Objection(invalid.code(), invalid.sentence());
            case SignatureVerdict.Valid signed ->
                switch (admissibility) {
                    case AdmissibilityVerdict.Refused refused -> new Objection(refused.code(), refused.sentence());
                    case AdmissibilityVerdict.Held held -> first(held.reasons().getFirst());
                    case AdmissibilityVerdict.Admissible admissible ->
                        new Objection(
                                "valid", "The checkout is signed with key " + signed.keyId() + " and acceptable.");
                };
        };
    }

    private static Objection first(HoldReason reason) {
        return new Objection(reason.code(), reason.sentence());
    }

    private record Objection(String code, String sentence) {}
}
