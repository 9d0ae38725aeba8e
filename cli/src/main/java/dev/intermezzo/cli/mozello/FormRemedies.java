package dev.intermezzo.cli.mozello;

import java.util.Map;

/** What to do about a form that is not admissible, by the code of its refusal or hold. */
final class FormRemedies {
    private static final String RECORD = "Record the raw body of a checkout, byte for byte, with its Content-Type.";
    private static final String SHOP = "The shop sends it so; ask Mozello, and let the order be placed again.";

    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("body-too-large", RECORD),
            Map.entry("content-type-unsupported", "Name the recorded Content-Type with --content-type."),
            Map.entry("form-malformed", RECORD),
            Map.entry("too-many-fields", RECORD),
            Map.entry("invalid-utf-8", SHOP),
            Map.entry("field-repeated", "Whoever carried the form added a field: do not pay it."),
            Map.entry(
                    "field-missing",
                    "A checkout has all of these fields; a notification or a part of one is no checkout."),
            Map.entry("order-uuid-malformed", "Place a real order in the shop: this is not one."),
            Map.entry(
                    "invoice-malformed",
                    "Compare the shop's invoice numbers with invoice-pattern of the merchants file (--invoice-pattern here)."
                            + " If they fit, digits of the amount were moved into the number: do not pay it."),
            Map.entry(
                    "currency-not-used",
                    "Add the currency to the integration's currencies, and a route that takes it."),
            Map.entry("currency-unknown", SHOP),
            Map.entry("amount-malformed", SHOP),
            Map.entry("amount-zero", "An order that costs nothing needs no payment."),
            Map.entry("amount-digits", SHOP),
            Map.entry(
                    "form-recut", "The same text was cut at other places by whoever carried the form: do not pay it."),
            Map.entry("url-malformed", SHOP),
            Map.entry("url-not-https", "Switch the shop's domain to https."),
            Map.entry(
                    "layout-other",
                    "If every order of the shop looks so, set form-layout of the integration to this order."),
            Map.entry(
                    "host-unlisted",
                    "If the host is the shop's own, add it to shop-hosts or notify-hosts of the integration."));

    private FormRemedies() {}

    static String of(String code) {
        return REMEDIES.getOrDefault(code, "Compare the form with one of the same shop that was accepted.");
    }
}
