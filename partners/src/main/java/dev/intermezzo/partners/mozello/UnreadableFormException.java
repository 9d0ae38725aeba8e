package dev.intermezzo.partners.mozello;

/** Carries a reader's refusal up to {@link MozelloForm#read}, which turns it into a value; never leaves the package. */
final class UnreadableFormException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient FormReading.Unreadable reading;

    UnreadableFormException(String code, String sentence) {
        // Hostile bodies are ordinary input here: no stack trace is taken for them.
        super(sentence, null, false, false);
        this.reading = new FormReading.Unreadable(code, sentence);
    }

    static UnreadableFormException malformed(String sentence) {
        return new UnreadableFormException("form-malformed", sentence);
    }

    static UnreadableFormException tooManyFields() {
        return new UnreadableFormException(
                "too-many-fields", "The form has more than " + MozelloForm.MAX_FIELDS + " fields.");
    }

    FormReading.Unreadable reading() {
        return reading;
    }
}
