package dev.intermezzo.partners.mozello;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a checkout's body and reaches both verdicts on it, each without knowledge of the other. */
public final class MozelloCheckoutVerifier {

    private MozelloCheckoutVerifier() {}

    /**
     * Verifies a checkout. Never throws for any bytes.
     *
     * @param body the raw body
     * @param contentType its {@code Content-Type} header
     * @param candidates the keys that may have signed; none for an unknown integration, which costs the same work and
     *     gives the same verdict as a wrong signature
     * @param rules what the merchant admits
     */
    public static CheckoutVerification verify(
            byte[] body, @Nullable String contentType, List<MozelloKey> candidates, CheckoutRules rules) {
        return switch (MozelloForm.read(body, contentType)) {
            case FormReading.Form readable -> verify(readable.form(), candidates, rules);
            case FormReading.Unreadable unreadable ->
                new CheckoutVerification(
                        new SignatureVerdict.Invalid(unreadable.code(), unreadable.sentence()),
                        new AdmissibilityVerdict.Refused(unreadable.code(), unreadable.sentence()));
        };
    }

    /** Verifies a checkout whose form has been read. */
    public static CheckoutVerification verify(MozelloForm form, List<MozelloKey> candidates, CheckoutRules rules) {
        return new CheckoutVerification(MozelloSignature.verify(form, candidates), Admissibility.judge(form, rules));
    }
}
