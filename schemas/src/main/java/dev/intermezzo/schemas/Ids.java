package dev.intermezzo.schemas;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How things are named. Only an edge invents an id ({@link #uuidV7}); everything else derives its id from what it
 * belongs to, so that a repeated fact is recognised by its name.
 */
public final class Ids {
    /** Ids of accounts, merchants and integrations. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char SEPARATOR = '~';
    private static final String PAY_OUT = "~payout~";
    private static final String SHOP = "shop:";

    private Ids() {}

    /** {@code <integration>~<order uuid>}, the uuid in lower case. */
    public static String payment(String integration, String orderUuid) {
        return integration + SEPARATOR + orderUuid.toLowerCase(Locale.ROOT);
    }

    /** {@code <payment>#<sequence>.<n>}: the n-th command decided by the payment's entry with this sequence. */
    public static String decided(String paymentId, long sequence, int n) {
        return paymentId + '#' + sequence + '.' + n;
    }

    /** The one result of a command. */
    public static String result(String commandId) {
        return commandId + ":result";
    }

    /** Key of webhook-inbox and webhook-index. */
    public static String transactionKey(String account, String transactionId) {
        return account + SEPARATOR + transactionId;
    }

    /**
     * Stands where an account stands in the key of what a shop tells of its own accord: an order is found by integration and
     * invoice as a transaction is by account and id. No account is called so.
     */
    public static String shop(String integration) {
        return SHOP + integration;
    }

    /** Whether {@link #shop} made this name. */
    public static boolean isShop(String account) {
        return account.startsWith(SHOP);
    }

    /** The integration that {@link #shop} was given for this name. */
    public static String shopOf(String account) {
        return account.substring(SHOP.length());
    }

    /** The integration of a payment id; empty when it has none. */
    public static Optional<String> integrationOf(String paymentId) {
        int end = paymentId.indexOf(SEPARATOR);
        return end < 1 ? Optional.empty() : Optional.of(paymentId.substring(0, end));
    }

    /** Payment id under which an approval that belongs to no known payment is kept until somebody decides. */
    public static String orphan(String account, String transactionId) {
        return account + SEPARATOR + "orphan" + SEPARATOR + transactionId;
    }

    /** The pay-out that a refund of a payment is, as the merchant API names it. */
    public static String payOut(String paymentId, String refundId) {
        return paymentId + SEPARATOR + refundId;
    }

    /**
     * {@code <merchant>~payout~<hash>}: a pay-out that belongs to no payment.
     *
     * @param hash of the Idempotency-Key, 32 hexadecimal digits in lower case
     */
    public static String freePayOut(String merchantId, String hash) {
        return merchantId + PAY_OUT + hash;
    }

    /** The merchant of a pay-out that belongs to no payment; empty for every other id. */
    public static Optional<String> merchantOfFreePayOut(String id) {
        int end = id.indexOf(PAY_OUT);
        return end < 1 ? Optional.empty() : Optional.of(id.substring(0, end));
    }

    /** Time-ordered random id (RFC 9562, version 7), for what an edge originates. */
    public static String uuidV7(InstantSource clock) {
        long millis = clock.millis();
        long high = (millis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
