package dev.intermezzo.partners.mozello;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a form is written to the wire. Both ways are deterministic: the same fields always give the same bytes, so a
 * repeated notification is byte for byte the same message.
 */
public enum FormEncoding {

    /** {@code multipart/form-data}, as the official sample payment provider sends its notifications. */
    MULTIPART {
        @Override
        public EncodedForm encode(List<FormField> fields) {
            return multipart(fields, boundaryFor(fields));
        }
    },

    /** {@code application/x-www-form-urlencoded}; whether the live service takes it for notifications is not documented. */
    URLENCODED {
        @Override
        public EncodedForm encode(List<FormField> fields) {
            byte[] body = UrlEncodedForm.write(fields).getBytes(StandardCharsets.US_ASCII);
            return new EncodedForm("application/x-www-form-urlencoded", body);
        }
    };

    /** Names a multipart header can hold without an escape, on which writers differ. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    /**
     * The fields as a body, in the order given.
     *
     * @throws IllegalArgumentException for {@link #MULTIPART} when a name holds anything but letters, digits and {@code _.-}
     */
    public abstract EncodedForm encode(List<FormField> fields);

    /**
     * The fields as {@code multipart/form-data} with a boundary of the caller's.
     *
     * @throws IllegalArgumentException when a name needs an escape, or a value holds the boundary
     */
    static EncodedForm multipart(List<FormField> fields, String boundary) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (FormField field : fields) {
            if (!PLAIN_NAME.matcher(field.name()).matches()) {
                throw new IllegalArgumentException("a multipart field's name needs an escape");
            }
            // Latin-1 maps each byte to one character, so this search is one over bytes.
            if (new String(field.bytes(), StandardCharsets.ISO_8859_1).contains(boundary)) {
                throw new IllegalArgumentException("a value holds the boundary");
            }
            ascii(body, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.name() + "\"\r\n\r\n");
            body.writeBytes(field.bytes());
            ascii(body, "\r\n");
        }
        ascii(body, "--" + boundary + "--\r\n");
        return new EncodedForm("multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    /** A boundary that follows from the content, so that no randomness is needed and no value can be made to hold it. */
    private static String boundaryFor(List<FormField> fields) {
        MessageDigest digest = sha256();
        digest.update(UrlEncodedForm.write(fields).getBytes(StandardCharsets.US_ASCII));
        return "------------------------" + HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void ascii(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
