package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.regex.Pattern;

/** The JSON type of a request field. */
public enum FieldType {
    @JsonProperty("string")
    STRING(".*"),
    /** Written as it stands, so with the digits it was given. */
    @JsonProperty("number")
    NUMBER("-?(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?"),
    @JsonProperty("boolean")
    BOOLEAN("true|false"),
    @JsonProperty("object")
    OBJECT("(?!)");

    private final Pattern literal;

    FieldType(String regex) {
        this.literal = Pattern.compile(regex, Pattern.DOTALL);
    }

    /** Whether a text from a settings or catalogue file can be written as this type. */
    boolean takes(String text) {
        return literal.matcher(text).matches();
    }

    /** The type a field of this source has unless its file says otherwise. */
    static FieldType usualFor(FieldSource source) {
        if (source == FieldSource.AMOUNT) {
            return NUMBER;
        }
        if (source == FieldSource.TEST_MODE) {
            return BOOLEAN;
        }
        return source == FieldSource.OBJECT ? OBJECT : STRING;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
