package dev.intermezzo.partners.mozello;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-coding byte for byte as PHP's {@code urldecode} and {@code urlencode} do it; the official verifier is PHP. */
final class PercentCoding {

    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private PercentCoding() {}

    /** Decodes {@code raw[from, to)}: {@code +} is a blank, {@code %XX} a byte, and a broken escape stays as it is. */
    static byte[] decode(byte[] raw, int from, int to) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
        int at = from;
        while (at < to) {
            byte b = raw[at];
            if (b == '%' && at + 2 < to && HexFormat.isHexDigit(raw[at + 1]) && HexFormat.isHexDigit(raw[at + 2])) {
                decoded.write(HexFormat.fromHexDigit(raw[at + 1]) << 4 | HexFormat.fromHexDigit(raw[at + 2]));
                at += 3;
            } else {
                decoded.write(b == '+' ? ' ' : b);
                at++;
            }
        }
        return decoded.toByteArray();
    }

    /** Encodes as {@code application/x-www-form-urlencoded}: letters, digits and {@code -_.} stay, a blank is {@code +}. */
    static String encode(byte[] raw) {
        StringBuilder encoded = new StringBuilder(raw.length + 16);
        for (byte b : raw) {
            if (stays(b)) {
                encoded.append((char) b);
            } else if (b == ' ') {
                encoded.append('+');
            } else {
                encoded.append('%').append(UPPER.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean stays(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_'
                || b == '.';
    }
}
