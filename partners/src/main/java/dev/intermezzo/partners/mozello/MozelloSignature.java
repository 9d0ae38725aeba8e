package dev.intermezzo.partners.mozello;

import java.util.List;

/**
 * The signature of Mozello's forms (Payment API, signing; same for checkouts and notifications): HMAC-SHA256 over the
 * values of all fields joined in received order without the field {@code signature}, wherever that stands, as standard
 * base64.
 *
 * <p>It covers neither names nor the boundaries between values, and the shopper's browser carries the form: a valid
 * signature alone never makes a form payable. See {@link Admissibility}.
 */
public final class MozelloSignature {

    /** The name of the field that holds the signature. */
    public static final String FIELD = "signature";

    private MozelloSignature() {}

    /** The signature of the form's fields in their order; a {@code signature} among them is skipped. */
    public static String sign(MozelloForm form, MozelloKey key) {
        return HmacCheck.sign(form.signedValues(), key);
    }

    /**
     * Judges the form's signature against several keys, as needed while a key is rotated.
     *
     * @param candidates the keys that may have signed; with none, the verdict is {@code signature-wrong}, reached in the
     *     time one key takes
     */
    public static SignatureVerdict verify(MozelloForm form, List<MozelloKey> candidates) {
        return HmacCheck.verify(form.value(FIELD), form.signedValues(), candidates);
    }
}
