package dev.intermezzo.partners.wallets;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ethereum's addresses: forty hexadecimal digits whose letters are capital where the hash of the address says so (EIP-55). */
final class Eip55 {

    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final int PREFIX = 2;

    private Eip55() {}

    static boolean looksLikeOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** All letters small or all capital, where there are letters enough to tell: the form without a checksum. */
    static boolean oneCase(String address) {
        String digits = address.substring(PREFIX);
        return !holds(address)
                && (digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT)));
    }

    static boolean holds(String address) {
        String digits = address.substring(PREFIX);
        byte[] hash = Keccak256.hash(digits.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            int nibble = (i % 2 == 0 ? hash[i / 2] >>> 4 : hash[i / 2]) & 0xf;
            if (Character.isLetter(digit) && Character.isUpperCase(digit) != nibble >= 8) {
                return false;
            }
        }
        return true;
    }
}
