package dev.intermezzo.partners.mozello;

import java.util.List;

/** Why a signature is wrong, as far as that can be found out by trying. */
public sealed interface SignatureExplanation {

    /** Nothing is wrong: the expected key made it as Mozello does. */
    record Signed(String keyId) implements SignatureExplanation {}

    /**
     * With these deviations the signature comes out exactly, so they are what was done.
     *
     * @param keyId the key that made it
     * @param deviations at least one; the fewest that explain it
     */
    record Explained(String keyId, List<Deviation> deviations) implements SignatureExplanation {

        /** Copies the list. */
        public Explained {
            deviations = List.copyOf(deviations);
        }
    }

    /**
     * Nothing that was tried gives this signature: a key that is not known here, or values that were changed.
     *
     * @param code the code of {@link SignatureVerdict.Invalid}, or of {@link FormReading.Unreadable}
     * @param sentence what is wrong with it at first sight
     * @param tried how many ways were tried
     */
    record Unexplained(String code, String sentence, int tried) implements SignatureExplanation {}
}
