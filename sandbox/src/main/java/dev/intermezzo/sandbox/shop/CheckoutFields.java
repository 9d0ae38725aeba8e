package dev.intermezzo.sandbox.shop;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of the checkout form, Payment API document, section "Fields, in documented order". */
final class CheckoutFields {

    private CheckoutFields() {}

    static List<FormField> signed(OrderSnapshot order, URI shop, String alias, PaymentSignature signature) {
        List<FormField> fields = new ArrayList<>();
        fields.add(new FormField("order_uuid", order.uuid()));
        fields.add(new FormField("invoice_id", order.invoice()));
        fields.add(new FormField("amount", order.amount().toPlainString()));
        fields.add(new FormField("currency", order.currency()));
        billing(fields, order.buyer());
        fields.add(new FormField("language_code", order.buyer().language()));
        fields.add(new FormField("website_alias", alias));
        fields.add(new FormField("website_domain", shop.getHost()));
        addresses(order, shop, alias).forEach((name, address) -> fields.add(new FormField(name, address)));
        fields.add(new FormField(PaymentSignature.FIELD, signature.sign(fields)));
        return fields;
    }

    /** The order's three addresses, in documented order. */
    static Map<String, String> addresses(OrderSnapshot order, URI shop, String alias) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("success_url", shop + "/success?order=" + order.uuid());
        addresses.put("failure_url", shop + "/failure?order=" + order.uuid());
        addresses.put("notify_url", shop + "/notify/" + alias);
        return addresses;
    }

    private static void billing(List<FormField> fields, Buyer buyer) {
        fields.add(new FormField("billing_first_name", buyer.firstName()));
        fields.add(new FormField("billing_last_name", buyer.lastName()));
        fields.add(new FormField("billing_company", ""));
        fields.add(new FormField("billing_company_id", ""));
        fields.add(new FormField("billing_company_vat", ""));
        if (!buyer.phone().isEmpty()) {
            fields.add(new FormField("billing_phone", buyer.phone()));
        }
        fields.add(new FormField("billing_email", buyer.email()));
        address(fields, buyer);
        fields.add(new FormField("billing_country_code", buyer.countryCode().toLowerCase(Locale.ROOT)));
    }

    private static void address(List<FormField> fields, Buyer buyer) {
        List<String> home = switch (buyer.countryCode().toLowerCase(Locale.ROOT)) {
            case "gb" -> List.of("1 Example Street", "London", "", "SW1A 1AA");
            case "mx" -> List.of("Calle Ejemplo 1", "Puebla", "PUE", "72000");
            default -> List.of("1 Example Street", "Toronto", "ON", "M5V 0A1");
        };
        fields.add(new FormField("billing_street", home.get(0)));
        fields.add(new FormField("billing_city", home.get(1)));
        fields.add(new FormField("billing_state", home.get(2)));
        fields.add(new FormField("billing_zip", home.get(3)));
    }
}
