package dev.intermezzo.partners.mozarto;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The request's {@code userId}, at most {@value #LONGEST} characters; the catalogue's {@link UserIdMode} says which of
 * the two forms a provider gets.
 */
public final class UserId {

    /** Upper bound of both forms. */
    public static final int LONGEST = 64;

    private static final char PER_BUYER = 'b';
    private static final char PER_ATTEMPT = 'p';
    private static final char PER_PAY_OUT = 'o';
    private static final int SHORTEST_KEY = 32;

    /** 30 digits of base 62 are 178 bits: two buyers never share one. */
    private static final int BUYER_DIGITS = 30;

    private static final int ATTEMPT_AT = 1;
    private static final int ORDER_AT = 2;
    private static final int INTEGRATION_AT = ORDER_AT + Base62.UUID_LENGTH;

    private UserId() {}

    /**
     * The same for the same buyer at the same merchant, and nothing but a number to everybody else: an HMAC of merchant
     * and normalised e-mail address (Unicode NFKC, trimmed, lower case; dots and tags of mailboxes are left alone,
     * because they distinguish people at most providers).
     *
     * @param key at least 32 bytes, never rotated lightly: a new key makes every buyer a new one
     * @throws IllegalArgumentException when the key is short
     */
    public static String perBuyer(byte[] key, String merchant, String email) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("user ids need a key of at least " + SHORTEST_KEY + " bytes");
        }
        String normalised =
                Normalizer.normalize(email, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        byte[] mac = Hashes.hmac(key, "intermezzo-user-id-1", merchant, normalised);
        return PER_BUYER + Base62.truncated(mac, BUYER_DIGITS);
    }

    /**
     * Names payment and attempt readably: {@code p}, one digit for the attempt, the order's UUID in 22 characters, the
     * integration; for a pay-out that belongs to no payment {@code o}, the digit, its hash and the merchant. It holds nothing about the buyer and needs no key; a webhook that carries it was authenticated by
     * its address.
     */
    public static String perAttempt(PaymentAttempt attempt) {
        return ""
                + (attempt.payOut() ? PER_PAY_OUT : PER_ATTEMPT)
                + Character.forDigit(attempt.attempt(), 36)
                + Base62.ofUuid(attempt.order())
                + attempt.integration();
    }

    /** The attempt that a {@code user_id} of the second form names; empty for any other text. */
    public static Optional<PaymentAttempt> attemptOf(String userId) {
        boolean possible = userId.length() > INTEGRATION_AT
                && userId.length() <= LONGEST
                && (userId.charAt(0) == PER_ATTEMPT || userId.charAt(0) == PER_PAY_OUT)
                && userId.substring(INTEGRATION_AT).matches("[a-z0-9-]{1,40}");
        int attempt = possible ? MerchantReference.attemptOf(userId.charAt(ATTEMPT_AT)) : 0;
        if (attempt == 0) {
            return Optional.empty();
        }
        return Base62.uuid(userId.substring(ORDER_AT, INTEGRATION_AT))
                .map(order -> new PaymentAttempt(
                        userId.substring(INTEGRATION_AT), order, attempt, userId.charAt(0) == PER_PAY_OUT));
    }
}
