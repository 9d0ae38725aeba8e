package dev.intermezzo.partners.mozello;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.Money;

/**
 * An order as a Mozello shop asks to have it paid. Its formats hold; whether it is signed, and whether it is admissible or
 * only held, is what the {@linkplain CheckoutVerification verdicts} say.
 *
 * @param orderUuid the order's id exactly as received, which is how a notification must repeat it
 * @param invoiceId the number shown to the buyer
 * @param amount above zero, with the currency's digits
 * @param billing what the buyer typed
 * @param languageCode the shop's language, usually two letters
 * @param websiteAlias the site's alias: shown, never trusted
 * @param websiteDomain the shop's domain: shown, never trusted
 * @param successUrl where a paid buyer goes; never redirect there while the checkout is held
 * @param failureUrl where an unpaid buyer goes; never redirect there while the checkout is held
 * @param notifyUrl where the outcome is posted; never post there while the checkout is held
 */
public record Checkout(
        String orderUuid,
        String invoiceId,
        Money amount,
        Billing billing,
        Optional<String> languageCode,
        Optional<String> websiteAlias,
        Optional<String> websiteDomain,
        URI successUrl,
        URI failureUrl,
        URI notifyUrl) {

    /**
     * The order's id in lower case: two spellings of one UUID are one order, so keys and payment ids use this one, while
     * messages to the shop use {@link #orderUuid}.
     */
    public String orderKey() {
        return orderUuid.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Checkout[" + orderUuid + ", " + invoiceId + ", " + amount + "]";
    }
}
