package dev.intermezzo.partners.mozello.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/**
 * A manifest as Intermezzo needs it: merchants fill in the connection id and secret that the gateway issued to them.
 *
 * @param title what the gateway is called, in every language
 * @param vendor who offers it
 * @param publicUrl where the edge is reached, without a path
 * @param countries two-letter ISO codes in capitals, for which it is offered
 * @param methods keys of {@code supported_payment_methods} that are supported
 */
public record ManifestDraft(
        String title, Vendor vendor, URI publicUrl, List<String> countries, Collection<String> methods) {
    static final String TYPE = "PAYMENT_GATEWAY";

    /** Ids of the two fields that merchants fill in. */
    public static final String CONNECTION_ID = "connection_id";

    public static final String CONNECTION_SECRET = "connection_secret";

    private static final JsonMapper JSON = new JsonMapper();

    public ManifestDraft {
        countries = List.copyOf(countries);
        methods = List.copyOf(methods);
    }

    /** Every part is mandatory. */
    public record Vendor(String company, String supportEmail, String supportPhone, String developerEmail) {}

    /** The document, indented. */
    public String toJson() {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("app_type", TYPE).put("app_title", title);
        manifest.putObject("app_vendor")
                .put("company_name", vendor.company())
                .put("support_email", vendor.supportEmail())
                .put("support_phone", vendor.supportPhone())
                .put("developer_email", vendor.developerEmail());
        manifest.put("payment_api_url", publicUrl.resolve("/mozello/checkout").toString());
        manifest.put(
                "payment_api_install_url", publicUrl.resolve("/mozello/install").toString());
        manifest.put(
                "payment_api_settings_url",
                publicUrl.resolve("/mozello/settings").toString());
        ArrayNode fields = manifest.putArray("payment_api_data_fields");
        field(fields, CONNECTION_ID, "Connection ID", "Savienojuma ID");
        field(fields, CONNECTION_SECRET, "Connection secret", "Savienojuma atslēga");
        ObjectNode info = manifest.putObject("payment_platform_info");
        ArrayNode offered = info.putArray("available_in_countries");
        countries.forEach(offered::add);
        ObjectNode supported = info.putObject("supported_payment_methods");
        methods.forEach(method -> supported.put(method, true));
        // Mozello's examples and its reference disagree about the name.
        if (methods.contains("mastercard")) {
            supported.put("mc", true);
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is made of plain values", e);
        }
    }

    private static void field(ArrayNode fields, String id, String english, String latvian) {
        ObjectNode field = fields.addObject().put("id", id);
        field.putObject("title").put("en", english).put("lv", latvian);
        field.put("type", "text").put("required", true);
    }
}
