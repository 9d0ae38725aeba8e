package dev.intermezzo.partners.mozello;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;

/**
 * What one merchant admits as a checkout.
 *
 * @param layout the head a form must open with
 * @param invoicePattern what the whole {@code invoice_id} must match. It closes the one boundary the layout leaves open,
 *     between invoice number and amount, as long as it fixes the length or does not end in a digit
 * @param currencies ISO 4217 codes the merchant is paid in
 * @param shopHosts hosts of {@code success_url} and {@code failure_url}
 * @param notifyHosts hosts of {@code notify_url}
 * @param loopback whether addresses may also be {@code http} or {@code https} on {@code localhost}, {@code 127.0.0.1} or
 *     {@code [::1]}, any port: for the sandbox only
 */
public record CheckoutRules(
        FormLayout layout,
        Pattern invoicePattern,
        Set<String> currencies,
        HostList shopHosts,
        HostList notifyHosts,
        boolean loopback) {

    /** The shape of an invoice number in a recorded test order. */
    public static final String DEFAULT_INVOICE_PATTERN = "M-\\d{10}-\\d{10}";

    /** Where Mozello's documentation lets notifications go. */
    public static final HostList DEFAULT_NOTIFY_HOSTS = HostList.of("www.mozello.com");

    public CheckoutRules {
        currencies = Set.copyOf(currencies);
    }

    /** The documented layout, invoice pattern and notify host, for a merchant with these currencies and shop hosts. */
    public static CheckoutRules documented(Set<String> currencies, HostList shopHosts) {
        return new CheckoutRules(
                FormLayout.DOCUMENTED,
                Pattern.compile(DEFAULT_INVOICE_PATTERN),
                currencies,
                shopHosts,
                DEFAULT_NOTIFY_HOSTS,
                false);
    }

    /** The documented form with any currency and any https host: for looking at a recorded form without a merchant. */
    public static CheckoutRules forInspection() {
        Set<String> all = CurrencyUnit.registeredCurrencies().stream()
                .map(CurrencyUnit::getCode)
                .collect(Collectors.toUnmodifiableSet());
        return documented(all, HostList.any()).withNotifyHosts(HostList.any());
    }

    public CheckoutRules withLayout(FormLayout other) {
        return new CheckoutRules(other, invoicePattern, currencies, shopHosts, notifyHosts, loopback);
    }

    /** @throws java.util.regex.PatternSyntaxException if the text is no regular expression */
    public CheckoutRules withInvoicePattern(String regex) {
        return new CheckoutRules(layout, Pattern.compile(regex), currencies, shopHosts, notifyHosts, loopback);
    }

    public CheckoutRules withNotifyHosts(HostList other) {
        return new CheckoutRules(layout, invoicePattern, currencies, shopHosts, other, loopback);
    }

    public CheckoutRules withLoopback(boolean allowed) {
        return new CheckoutRules(layout, invoicePattern, currencies, shopHosts, notifyHosts, allowed);
    }
}
