package dev.intermezzo.partners.wallets;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** Bitcoin's older addresses: a version, 20 bytes, and four bytes of a double SHA-256, in base 58. */
final class Base58Check {

    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int CHECKSUM = 4;
    private static final int LENGTH = 1 + 20 + CHECKSUM;

    /** No address of 25 bytes has more digits. */
    private static final int LONGEST = 35;

    private Base58Check() {}

    /** The version of an address whose checksum holds; empty for any other text. */
    static Optional<Integer> version(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int value = DIGITS.indexOf(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(value));
        }
        return bytes(text, number).filter(Base58Check::checksumHolds).map(bytes -> Byte.toUnsignedInt(bytes[0]));
    }

    /** A leading zero byte is a leading digit of zero, no more and no fewer. */
    private static Optional<byte[]> bytes(String text, BigInteger number) {
        byte[] magnitude = number.signum() == 0 ? new byte[0] : number.toByteArray();
        int sign = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
        int significant = magnitude.length - sign;
        int zeros = Math.toIntExact(
                text.chars().takeWhile(digit -> digit == DIGITS.charAt(0)).count());
        if (zeros + significant != LENGTH) {
            return Optional.empty();
        }
        byte[] bytes = new byte[LENGTH];
        System.arraycopy(magnitude, sign, bytes, zeros, significant);
        return Optional.of(bytes);
    }

    private static boolean checksumHolds(byte[] bytes) {
        byte[] payload = Arrays.copyOf(bytes, LENGTH - CHECKSUM);
        byte[] twice = sha256(sha256(payload));
        return Arrays.equals(twice, 0, CHECKSUM, bytes, LENGTH - CHECKSUM, LENGTH);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
