package dev.intermezzo.partners.wallets;

import java.util.Locale;
import java.util.Optional;

/** Bitcoin's newer addresses: Bech32 for witness version 0 (BIP 173), Bech32m for those after it (BIP 350). */
final class SegwitAddress {

    private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32 = 1;
    private static final int BECH32M = 0x2bc830a3;
    private static final int LONGEST = 90;
    private static final int CHECKSUM = 6;
    private static final int LAST_VERSION = 16;
    private static final int BITS = 5;

    private SegwitAddress() {}

    /** The human-readable part of an address whose checksum and program are right; empty for any other text. */
    static Optional<String> prefix(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean mixed = !text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT));
        int separator = lower.lastIndexOf('1');
        if (mixed || text.length() > LONGEST || separator < 1 || separator + CHECKSUM + 1 >= text.length()) {
            return Optional.empty();
        }
        String prefix = lower.substring(0, separator);
        int[] values = values(lower.substring(separator + 1));
        if (values.length == 0 || prefix.chars().anyMatch(each -> each < '!' || each > '~')) {
            return Optional.empty();
        }
        int version = values[0];
        int wanted = version == 0 ? BECH32 : BECH32M;
        boolean right = version <= LAST_VERSION && checksum(prefix, values) == wanted && programFits(version, values);
        return right ? Optional.of(prefix) : Optional.empty();
    }

    /** Empty when a character is no digit. */
    private static int[] values(String data) {
        int[] values = data.chars().map(DIGITS::indexOf).toArray();
        for (int value : values) {
            if (value < 0) {
                return new int[0];
            }
        }
        return values;
    }

    /** 20 or 32 bytes for version 0, 2 to 40 for the others; what fills up the last byte is zero and less than a digit. */
    private static boolean programFits(int version, int[] values) {
        int digits = values.length - 1 - CHECKSUM;
        int bytes = digits * BITS / Byte.SIZE;
        int padding = digits * BITS % Byte.SIZE;
        int last = digits > 0 ? values[digits] : 0;
        boolean padded = padding < BITS && (last & ((1 << padding) - 1)) == 0;
        return padded && (version == 0 ? bytes == 20 || bytes == 32 : bytes >= 2 && bytes <= 40);
    }

    private static int checksum(String prefix, int[] values) {
        int state = 1;
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) >> BITS);
        }
        state = step(state, 0);
        for (int i = 0; i < prefix.length(); i++) {
            state = step(state, prefix.charAt(i) & 31);
        }
        for (int value : values) {
            state = step(state, value);
        }
        return state;
    }

    private static int step(int state, int value) {
        int top = state >>> 25;
        int next = ((state & 0x1ffffff) << BITS) ^ value;
        for (int bit = 0; bit < GENERATOR.length; bit++) {
            next ^= ((top >>> bit) & 1) == 1 ? GENERATOR[bit] : 0;
        }
        return next;
    }
}
