package dev.intermezzo.partners.mozarto;

import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt of one payment, or one pay-out that belongs to no payment, as an id of ours names it.
 *
 * @param integration the Mozello integration, {@code [a-z0-9-]{1,40}}; of a pay-out the merchant
 * @param order the order's UUID; of a pay-out the hash in its id, which has as many bits
 * @param attempt counted from 1, at most {@value #MOST_ATTEMPTS}
 * @param payOut it belongs to no payment
 */
public record PaymentAttempt(String integration, UUID order, int attempt, boolean payOut) {

    /** One character must hold it; payments allow eight. */
    static final int MOST_ATTEMPTS = 35;

    private static final Pattern INTEGRATION = Pattern.compile("[a-z0-9-]{1,40}");

    private static final Pattern PAYMENT_ID =
            Pattern.compile("([a-z0-9-]{1,40})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private static final Pattern PAY_OUT_ID = Pattern.compile("([a-z0-9-]{1,40})~payout~([0-9a-f]{16})([0-9a-f]{16})");

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when a part is out of bounds
     */
    public PaymentAttempt {
        if (!INTEGRATION.matcher(integration).matches()) {
            throw new IllegalArgumentException("not an integration id");
        }
        if (attempt < 1 || attempt > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempt " + attempt + " is not within 1 and " + MOST_ATTEMPTS);
        }
    }

    /** An attempt of a payment. */
    public PaymentAttempt(String integration, UUID order, int attempt) {
        this(integration, order, attempt, false);
    }

    /**
     * The attempt of a payment id {@code <integration>~<order uuid>}, or of a pay-out's {@code <merchant>~payout~<hash>}.
     *
     * @throws IllegalArgumentException when the id has another form; the digits must be in lower case, or the id could
     *     not be restored exactly
     */
    public static PaymentAttempt of(String paymentId, int attempt) {
        Matcher parts = PAYMENT_ID.matcher(paymentId);
        if (parts.matches()) {
            return new PaymentAttempt(parts.group(1), UUID.fromString(parts.group(2)), attempt);
        }
        Matcher payOut = PAY_OUT_ID.matcher(paymentId);
        if (payOut.matches()) {
            UUID hash = new UUID(
                    HexFormat.fromHexDigitsToLong(payOut.group(2)), HexFormat.fromHexDigitsToLong(payOut.group(3)));
            return new PaymentAttempt(payOut.group(1), hash, attempt, true);
        }
        throw new IllegalArgumentException("not a payment id of the form <integration>~<uuid in lower case>");
    }

    /** The payment's id, or the pay-out's. */
    public String paymentId() {
        return payOut ? integration + "~payout~" + hex(order) : integration + "~" + order;
    }

    private static String hex(UUID bits) {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(bits.getMostSignificantBits()) + format.toHexDigits(bits.getLeastSignificantBits());
    }
}
