package dev.intermezzo.partners.mozello;

/** Whether a message bears a valid signature of one of the candidate keys. Says nothing about what the message asks for. */
public sealed interface SignatureVerdict {

    /** The key of this id made the signature. */
    record Valid(String keyId) implements SignatureVerdict {}

    /**
     * No candidate key made the signature.
     *
     * @param code one of the stable codes {@code signature-missing}, {@code signature-hex}, {@code signature-not-base64},
     *     {@code signature-length}, {@code signature-wrong}
     * @param sentence what is wrong, for an integrator
     */
    record Invalid(String code, String sentence) implements SignatureVerdict {}
}
