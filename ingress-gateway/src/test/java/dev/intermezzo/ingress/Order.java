package dev.intermezzo.ingress;

import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.MozelloSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** A shop's order as the form that its buyer's browser carries. */
final class Order {

    private final Map<String, String> fields = new LinkedHashMap<>();

    private Order() {}

    /** An order of 149.90 CAD by an invented buyer, with everything but a telephone number. */
    static Order fresh() {
        Order order = new Order();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        order.fields.put("order_uuid", uuid());
        order.fields.put(
                "invoice_id",
                "M-%010d-%010d".formatted(random.nextLong(10_000_000_000L), random.nextLong(10_000_000_000L)));
        order.fields.put("amount", "149.90");
        order.fields.put("currency", "CAD");
        order.fields.put("billing_first_name", "Anna");
        order.fields.put("billing_last_name", "Kalniņa");
        order.fields.put("billing_email", "anna@example.com");
        order.fields.put("billing_country_code", "ca");
        order.fields.put("language_code", "en");
        order.fields.put("website_alias", "demo");
        order.fields.put("success_url", "https://shop.example/shop/params/success/go/");
        order.fields.put("failure_url", "https://shop.example/shop/params/failure/go/");
        order.fields.put("notify_url", "https://www.mozello.com/service/ipn/provider/demo/");
        return order;
    }

    /** No field at all, to be filled by {@link #with}. */
    static Order empty() {
        return new Order();
    }

    static String uuid() {
        return UUID.randomUUID().toString();
    }

    /** The same order with one field changed before it is signed; a new name is appended. */
    Order with(String name, String value) {
        Order other = new Order();
        other.fields.putAll(fields);
        other.fields.put(name, value);
        return other;
    }

    Order without(String name) {
        Order other = new Order();
        other.fields.putAll(fields);
        other.fields.remove(name);
        return other;
    }

    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    String paymentId() {
        return TestMerchants.SHOP + '~' + get("order_uuid");
    }

    /** Signed by the shop's key. */
    String signed() {
        return signedWith(TestMerchants.KEY);
    }

    String signedWith(String key) {
        return encoded(with("signature", signature(key)).fields);
    }

    /** The fields of {@link #signed}, in their order. */
    Map<String, String> signedFields() {
        return with("signature", signature(TestMerchants.KEY)).fields;
    }

    String signature(String key) {
        List<FormField> list = new ArrayList<>();
        fields.forEach((name, value) -> list.add(FormField.of(name, value)));
        return MozelloSignature.sign(MozelloForm.of(list), MozelloKey.of("k", key));
    }

    /** The same values in the same places under other names, with this signature. */
    Map<String, String> renamedFields(Map<String, String> names, String signature) {
        Map<String, String> renamed = new LinkedHashMap<>();
        fields.forEach((name, value) -> renamed.put(names.getOrDefault(name, name), value));
        renamed.put("signature", signature);
        return renamed;
    }

    /** With whatever signature it has, or none. */
    String asItIs() {
        return encoded(fields);
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8)
                        + '='
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
