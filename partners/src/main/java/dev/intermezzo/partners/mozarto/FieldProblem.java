package dev.intermezzo.partners.mozarto;

/**
 * One detail that keeps a request from being written: its name, never its value.
 *
 * @param name a {@link BuyerField#key()} where the buyer can help, else the request field's name
 * @param code what is wrong with it
 */
public record FieldProblem(String name, Code code) {

    /** What is wrong; {@link #toString()} is the stable text for settings, pages and the payment plan. */
    public enum Code {
        MISSING("missing"),
        INVALID("invalid"),
        TOO_SHORT("too-short"),
        TOO_LONG("too-long");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
