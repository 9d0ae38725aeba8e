package dev.intermezzo.partners.mozello.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.partners.mozello.manifest.ManifestDraft.Vendor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestLintTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void what_we_generate_has_neither_problem_nor_note() {
        assertThat(lint(draft().toJson())).isEmpty();
    }

    @Test
    void what_we_generate_leads_to_the_edge_and_asks_for_what_was_issued() throws JsonProcessingException {
        ObjectNode manifest = manifest();

        assertThat(manifest.path("payment_api_url").textValue()).isEqualTo("https://pay.example.com/mozello/checkout");
        assertThat(manifest.path("payment_api_data_fields").findValuesAsText("id"))
                .containsExactly("connection_id", "connection_secret");
        assertThat(manifest.at("/payment_platform_info/supported_payment_methods/mc")
                        .booleanValue())
                .isTrue();
    }

    /** One part at a time is replaced by something wrong; only that is found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app_type | \"APP\" | manifest-type-of-app",
                "app_title | {\"en\": \"Pay\"} | manifest-title",
                "app_title | \" \" | manifest-not-text",
                "payment_api_url | \"http://pay.example.com/\" | manifest-not-https",
                "payment_api_url | \"https://me@pay.example.com/\" | manifest-address",
                "payment_api_url | \"https://pay example.com/\" | manifest-address",
                "payment_api_install_url | \"/install\" | manifest-not-https",
                "payment_api_data_fields | {} | manifest-not-list",
                "payment_api_data_fields | [{\"id\":\"a\",\"title\":\"A\",\"type\":\"number\"}] | manifest-type",
                "payment_api_data_fields | [{\"id\":\"amount\",\"title\":\"A\",\"type\":\"text\"}] | manifest-id-of-checkout",
                "payment_api_data_fields | [{\"id\":\"a\",\"title\":\"A\",\"type\":\"text\"},{\"id\":\"a\",\"title\":\"B\",\"type\":\"text\"}] | manifest-id-twice",
                "payment_api_data_fields | [{\"id\":\"a\",\"title\":{},\"type\":\"text\"}] | manifest-missing",
                "payment_api_data_fields | [{\"id\":\"a\",\"title\":{\"english\":\"A\"},\"type\":\"text\"}] | manifest-language",
                "payment_api_data_fields | [{\"id\":\"a\",\"title\":\"A\",\"type\":\"text\",\"required\":\"yes\"}] | manifest-not-boolean",
                "payment_api_data_fields | [{\"id\":\"a\",\"title\":\"A\",\"type\":\"text\",\"items\":[]}] | manifest-items",
                "payment_platform_info | {\"available_in_countries\":[\"lv\"]} | manifest-country",
                "payment_platform_info | {\"available_in_countries\":[\"XX\"]} | manifest-country",
                "payment_platform_info | {\"available_in_countries\":\"LV\"} | manifest-not-list",
                "payment_platform_info | {\"supported_payment_methods\":{\"visa\":1}} | manifest-not-boolean",
                "payment_platform_info | {\"info_url\":{\"en\":\"http://a.example\"}} | manifest-not-https",
            })
    void a_broken_rule_is_a_problem(String part, String json, String code) throws JsonProcessingException {
        ObjectNode manifest = manifestWith(part, JSON.readTree(json));

        assertThat(lint(manifest.toString()))
                .filteredOn(ManifestFinding::problem)
                .extracting(ManifestFinding::code)
                .containsExactly(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app_title", "payment_api_url"})
    void a_mandatory_part_that_is_missing_is_a_problem(String part) throws JsonProcessingException {
        ObjectNode manifest = manifest();
        manifest.remove(part);

        assertThat(lint(manifest.toString())).extracting(ManifestFinding::path).containsExactly(part);
    }

    @Test
    void every_part_of_the_vendor_is_mandatory() throws JsonProcessingException {
        ObjectNode manifest = manifest();
        manifest.remove("app_vendor");

        assertThat(lint(manifest.toString()))
                .extracting(ManifestFinding::path)
                .containsExactlyInAnyOrder(
                        "app_vendor.company_name",
                        "app_vendor.support_phone",
                        "app_vendor.support_email",
                        "app_vendor.developer_email");
    }

    /** Where the material contradicts itself, or says nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payment_platform_info | {\"available_in_countries\":[]} | manifest-no-country",
                "payment_platform_info | {\"available_in_countries\":[\"UK\"]} | manifest-uk",
                "payment_platform_info | {\"supported_payment_methods\":{\"mc\":true}} | manifest-mastercard",
                "payment_platform_info | {\"supported_payment_methods\":{\"mobile_money\":true}} | manifest-method",
                "payment_api_data_fields | [{\"id\":\"a-b\",\"title\":\"A\",\"type\":\"text\"}] | manifest-id-signs",
                "payment_api_data_fields | [{\"id\":\"a\",\"title\":\"A\",\"type\":\"dropdown\",\"items\":[{\"title\":\"A\",\"value\":\"0\"}]}] | manifest-dropdown",
                "other | 1 | manifest-unknown",
            })
    void what_is_not_certain_is_a_note(String part, String json, String code) throws JsonProcessingException {
        ObjectNode manifest = manifestWith(part, JSON.readTree(json));

        assertThat(lint(manifest.toString())).noneMatch(ManifestFinding::problem);
        assertThat(lint(manifest.toString())).extracting(ManifestFinding::code).contains(code);
    }

    @Test
    void a_dropdown_has_items_with_values_of_their_own_and_one_default() throws JsonProcessingException {
        ObjectNode manifest = manifestWith("payment_api_data_fields", JSON.readTree("""
                        [{"id": "a", "title": "A", "type": "dropdown", "items": [
                          {"title": "One", "value": "1", "default": true},
                          {"title": "Two", "value": "1", "default": true}]}]
                        """));

        assertThat(lint(manifest.toString()))
                .filteredOn(ManifestFinding::problem)
                .extracting(ManifestFinding::code)
                .containsExactlyInAnyOrder("manifest-value-twice", "manifest-defaults");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"app_type\":\"A\",\"app_type\":\"B\"}", "{} {}"})
    void what_is_no_object_is_told_as_such(String document) {
        assertThat(lint(document)).singleElement().satisfies(found -> {
            assertThat(found.problem()).isTrue();
            assertThat(found.code()).isIn("manifest-unreadable", "manifest-not-object");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "connection_id, connection_secret",
        "connection_secret, connection_id",
    })
    void without_a_field_of_the_connection_no_order_could_be_anybodys(String left, String missing)
            throws JsonProcessingException {
        ObjectNode manifest = manifest();
        manifest.set(
                "payment_api_data_fields",
                JSON.readTree("[{\"id\":\"" + left + "\",\"title\":\"A\",\"type\":\"text\",\"required\":true}]"));

        assertThat(lint(manifest.toString())).singleElement().satisfies(found -> {
            assertThat(found.problem()).isTrue();
            assertThat(found.code()).isEqualTo("manifest-connection-field");
            assertThat(found.sentence()).contains(missing);
        });
    }

    @Test
    void without_any_field_both_of_the_connection_are_missed() throws JsonProcessingException {
        ObjectNode manifest = manifest();
        manifest.remove("payment_api_data_fields");

        assertThat(lint(manifest.toString()))
                .extracting(ManifestFinding::code)
                .containsExactly("manifest-connection-field", "manifest-connection-field");
    }

    @Test
    void without_an_address_for_installs_and_settings_no_connection_would_ever_work() throws JsonProcessingException {
        ObjectNode manifest = manifest();
        manifest.remove("payment_api_install_url");

        assertThat(lint(manifest.toString())).singleElement().satisfies(found -> {
            assertThat(found.problem()).isFalse();
            assertThat(found.code()).isEqualTo("manifest-no-install");
        });
        manifest.remove("payment_api_settings_url");
        assertThat(lint(manifest.toString())).singleElement().satisfies(found -> {
            assertThat(found.problem()).isTrue();
            assertThat(found.code()).isEqualTo("manifest-no-install");
        });
    }

    /** A manifest in which one part is another; fields that are looked at stand behind those of the connection. */
    private static ObjectNode manifestWith(String part, JsonNode other) throws JsonProcessingException {
        ObjectNode manifest = manifest();
        if (part.equals("payment_api_data_fields") && other instanceof ArrayNode fields) {
            manifest.withArray(part).addAll(fields);
        } else {
            manifest.set(part, other);
        }
        return manifest;
    }

    private static ManifestDraft draft() {
        return new ManifestDraft(
                "Example Pay",
                new Vendor("Example Ltd", "help@example.com", "+371 20000000", "dev@example.com"),
                URI.create("https://pay.example.com"),
                List.of("LV", "EE"),
                List.of("visa", "mastercard"));
    }

    private static ObjectNode manifest() throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(draft().toJson());
    }

    private static List<ManifestFinding> lint(String document) {
        return ManifestLint.lint(document.getBytes(StandardCharsets.UTF_8));
    }
}
