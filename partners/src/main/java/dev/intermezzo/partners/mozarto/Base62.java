package dev.intermezzo.partners.mozarto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** Digits 0-9, A-Z, a-z: the widest alphabet that survives every system between here and a provider. */
final class Base62 {

    /** Characters of a UUID. */
    static final int UUID_LENGTH = 22;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);

    private Base62() {}

    static String ofUuid(UUID uuid) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return write(new BigInteger(1, bytes), UUID_LENGTH);
    }

    /** The UUID of exactly 22 digits; empty when they are none, or a number no UUID has. */
    static Optional<UUID> uuid(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        if (text.length() != UUID_LENGTH || number.bitLength() > 128) {
            return Optional.empty();
        }
        return Optional.of(new UUID(number.shiftRight(64).longValue(), number.longValue()));
    }

    /** The last {@code length} digits of the number these bytes are. */
    static String truncated(byte[] bytes, int length) {
        return write(new BigInteger(1, bytes), length);
    }

    private static String write(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }
}
