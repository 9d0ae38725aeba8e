package dev.intermezzo.orchestrator.payment;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes with value equality: ciphertexts and digests, which records alone would compare by identity. */
public final class Bytes {

    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of the given bytes. */
    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /** A copy of the content. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The first {@code count} bytes, or all when there are fewer. */
    Bytes first(int count) {
        return new Bytes(Arrays.copyOf(content, Math.min(count, content.length)));
    }

    /** Number of bytes. */
    public int size() {
        return content.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** The first bytes in hexadecimal: enough to tell two apart in a failed test, too little to leak a ciphertext. */
    @Override
    public String toString() {
        int shown = Math.min(content.length, 6);
        return HexFormat.of().formatHex(content, 0, shown) + (shown < content.length ? "…" + content.length : "");
    }
}
