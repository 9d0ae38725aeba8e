package dev.intermezzo.ingress.checkout;

import dev.intermezzo.partners.money.Amounts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.joda.money.Money;

/** What makes two checkouts of one order the same: amount by value, currency and invoice. Other differences do not count. */
final class ContentDigest {

    private ContentDigest() {}

    /** SHA-256 over the three, one per line; none of them can hold a line break. */
    static byte[] of(Money amount, String invoiceId) {
        String canonical = "intermezzo-checkout-1\n" + Amounts.literal(amount) + '\n'
                + amount.getCurrencyUnit().getCode() + '\n' + invoiceId;
        try {
            return MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
