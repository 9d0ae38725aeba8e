package dev.intermezzo.sandbox.shop;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The checkout form as the buyer's browser posts it.
 *
 * @param action the gateway's checkout address
 * @param fields in wire order, {@code signature} included
 */
public record SignedForm(URI action, List<FormField> fields) {

    public SignedForm {
        fields = List.copyOf(fields);
    }

    /** The body as {@code application/x-www-form-urlencoded}. */
    public String encoded() {
        return fields.stream()
                .map(field -> encode(field.name()) + "=" + encode(field.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
