package dev.intermezzo.partners.mozarto;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt of one payment, as an id of ours names it.
 *
 * @param integration the Mozello integration, {@code [a-z0-9-]{1,40}}
 * @param order the order's UUID
 * @param attempt counted from 1, at most {@value #MOST_ATTEMPTS}
 */
public record PaymentAttempt(String integration, UUID order, int attempt) {

    /** One character must hold it; payments allow eight. */
    static final int MOST_ATTEMPTS = 35;

    private static final Pattern INTEGRATION = Pattern.compile("[a-z0-9-]{1,40}");

    private static final Pattern PAYMENT_ID =
            Pattern.compile("([a-z0-9-]{1,40})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

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

    /**
     * The attempt of a payment id {@code <integration>~<order uuid>}.
     *
     * @throws IllegalArgumentException when the id has another form; the UUID must be in lower case, or the id could
     *     not be restored exactly
     */
    public static PaymentAttempt of(String paymentId, int attempt) {
        Matcher parts = PAYMENT_ID.matcher(paymentId);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a payment id of the form <integration>~<uuid in lower case>");
        }
        return new PaymentAttempt(parts.group(1), UUID.fromString(parts.group(2)), attempt);
    }

    /** The payment's id. */
    public String paymentId() {
        return integration + "~" + order;
    }
}
