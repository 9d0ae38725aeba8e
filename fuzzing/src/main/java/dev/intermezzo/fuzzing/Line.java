package dev.intermezzo.fuzzing;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Bytes as one line of printable ASCII, so that an input that failed can be pasted into a corpus: what is printable stands
 * for itself, {@code \\}, {@code \n}, {@code \r} and {@code \t} mean what they mean in Java, {@code \xHH} is any byte, and
 * {@code \e} stands for nothing, so that an empty input is a line too.
 */
public final class Line {

    private Line() {}

    /** The line of these bytes. */
    public static String of(byte[] bytes) {
        if (bytes.length == 0) {
            return "\\e";
        }
        StringBuilder line = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            // A blank at either end would not survive an editor, and a # at the start would be a comment.
            boolean edge =
                    (i == 0 && (bytes[i] == ' ' || bytes[i] == '#')) || (i == bytes.length - 1 && bytes[i] == ' ');
            line.append(edge ? hex(bytes[i]) : escaped(bytes[i]));
        }
        return line.toString();
    }

    /**
     * The bytes of a line.
     *
     * @throws IllegalArgumentException when it holds an escape that is none
     */
    public static byte[] bytes(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length());
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c != '\\') {
                bytes.write(c);
                at++;
                continue;
            }
            char kind = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
            at += 2;
            switch (kind) {
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case 't' -> bytes.write('\t');
                case '\\' -> bytes.write('\\');
                case 'e' -> {}
                case 'x' -> {
                    bytes.write(HexFormat.fromHexDigits(line, at, at + 2));
                    at += 2;
                }
                default -> throw new IllegalArgumentException("not an escape: \\" + kind);
            }
        }
        return bytes.toByteArray();
    }

    private static String escaped(byte b) {
        return switch (b) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default -> b >= ' ' && b < 0x7f ? Character.toString((char) b) : hex(b);
        };
    }

    private static String hex(byte b) {
        return "\\x" + HexFormat.of().toHexDigits(b);
    }
}
