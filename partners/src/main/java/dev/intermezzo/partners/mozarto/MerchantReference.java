package dev.intermezzo.partners.mozarto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The opaque token, exactly {@value #LENGTH} characters of base 62, by which a webhook names (payment, attempt).
 *
 * <p>Layout: one digit for the attempt, 22 for the order's UUID, 9 for a tag, which is an HMAC-SHA256 (about 53 bits)
 * of account, payment id and attempt. A payment id has up to 77 characters, so the integration does not fit; the reader
 * tries the account's integrations and takes the one for which the tag holds. So the ingress finds the payment from the
 * webhook alone: no index that a webhook could overtake, nothing to keep after a restart, and a reference nobody signed
 * points to nothing. The tag is no proof that money moved, only that we wrote the reference: 1 in 10^16 guesses holds.
 */
public final class MerchantReference {

    /** The Cashier's documents name no bound; payments keep to this one. */
    public static final int LENGTH = 32;

    private static final int TAG_LENGTH = LENGTH - 1 - Base62.UUID_LENGTH;
    private static final int SHORTEST_KEY = 32;

    private final List<byte[]> keys;

    /**
     * Writes and reads references.
     *
     * @param keys at least one, each of 32 bytes or more; the first one writes, all of them read, so a key can rotate
     * @throws IllegalArgumentException when there is no key or a short one
     */
    public MerchantReference(List<byte[]> keys) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length < SHORTEST_KEY)) {
            throw new IllegalArgumentException("references need keys of at least " + SHORTEST_KEY + " bytes");
        }
        this.keys = keys.stream().map(byte[]::clone).toList();
    }

    /** The reference of an attempt made through this account. */
    public String write(String account, PaymentAttempt attempt) {
        return Character.forDigit(attempt.attempt(), 36)
                + Base62.ofUuid(attempt.order())
                + tag(keys.getFirst(), account, attempt);
    }

    /**
     * The attempt that a reference names.
     *
     * @param account the account whose webhook address received it
     * @param integrations the integrations that may use this account
     * @return empty when the text is no reference of ours for this account
     */
    public Optional<PaymentAttempt> read(String reference, String account, Collection<String> integrations) {
        if (reference.length() != LENGTH) {
            return Optional.empty();
        }
        int attempt = attemptOf(reference.charAt(0));
        byte[] tag = reference.substring(1 + Base62.UUID_LENGTH).getBytes(StandardCharsets.UTF_8);
        return Base62.uuid(reference.substring(1, 1 + Base62.UUID_LENGTH))
                .filter(order -> attempt > 0)
                .flatMap(order -> integrations.stream()
                        .map(integration -> new PaymentAttempt(integration, order, attempt))
                        .filter(candidate -> holds(tag, account, candidate))
                        .findFirst());
    }

    private boolean holds(byte[] tag, String account, PaymentAttempt candidate) {
        return keys.stream()
                .map(key -> tag(key, account, candidate).getBytes(StandardCharsets.UTF_8))
                .anyMatch(expected -> MessageDigest.isEqual(expected, tag));
    }

    private static String tag(byte[] key, String account, PaymentAttempt attempt) {
        byte[] mac = Hashes.hmac(
                key,
                "intermezzo-merchant-reference-1",
                account,
                attempt.paymentId(),
                Integer.toString(attempt.attempt()));
        return Base62.truncated(mac, TAG_LENGTH);
    }

    /** The attempt of a lower-case digit of base 36; 0 when it is none. */
    static int attemptOf(char digit) {
        boolean known = (digit >= '1' && digit <= '9') || (digit >= 'a' && digit <= 'z');
        return known ? Character.digit(digit, 36) : 0;
    }

    @Override
    public String toString() {
        return "MerchantReference[" + keys.size() + " keys]";
    }
}
