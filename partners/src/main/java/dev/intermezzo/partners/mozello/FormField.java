package dev.intermezzo.partners.mozello;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One field of a form: its name, and its value as the bytes that arrived after form decoding. The bytes are what Mozello
 * signs; the text is only a reading of them.
 *
 * <p>Values may be a buyer's data, so {@link #toString} prints the name and the length only.
 */
public final class FormField {

    private final String name;
    private final byte[] value;

    /** A field with this name and a copy of these value bytes. */
    public FormField(String name, byte[] value) {
        this.name = name;
        this.value = value.clone();
    }

    /** A field whose value is this text in UTF-8. */
    public static FormField of(String name, String value) {
        return new FormField(name, value.getBytes(StandardCharsets.UTF_8));
    }

    public String name() {
        return name;
    }

    /** A copy of the value's bytes. */
    public byte[] bytes() {
        return value.clone();
    }

    /** The value as UTF-8 text; bytes that are none become U+FFFD, so ask {@link #isUtf8} before trusting it. */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** Whether the value's bytes are well-formed UTF-8. */
    public boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormField field && name.equals(field.name) && Arrays.equals(value, field.value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "FormField[" + name + ", " + value.length + " bytes]";
    }
}
