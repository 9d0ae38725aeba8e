package dev.intermezzo.partners.mozello;

/** What {@link MozelloForm#read} made of a body. */
public sealed interface FormReading {

    /** The body is a form. Whether it is signed, and whether it may be paid, are two other questions. */
    record Form(MozelloForm form) implements FormReading {}

    /**
     * The body is no form we read.
     *
     * @param code one of the stable codes {@code body-too-large}, {@code content-type-unsupported},
     *     {@code form-malformed}, {@code too-many-fields}
     * @param sentence what is wrong, for a person; it never repeats a value
     */
    record Unreadable(String code, String sentence) implements FormReading {}
}
