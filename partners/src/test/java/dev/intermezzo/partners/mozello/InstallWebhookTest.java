package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallWebhookTest {

    private static final Vector DOCUMENTED = Vector.all().stream()
            .filter(vector -> vector.text("id").equals("webhook-01-install-example"))
            .findFirst()
            .orElseThrow();

    @Test
    void the_documented_webhook_is_genuine_and_tells_its_code_and_fields() {
        byte[] body = DOCUMENTED.fields().getFirst().bytes();

        assertThat(WebhookHash.verify(body, DOCUMENTED.text("signature"), List.of(DOCUMENTED.key())))
                .isInstanceOf(SignatureVerdict.Valid.class);
        assertThat(InstallWebhook.read(body))
                .contains(new InstallWebhook(
                        Optional.of("12345abcde"),
                        Map.of(
                                "customer_id", "1234567890",
                                "api_key", "*****",
                                "use_3d_secure", "0",
                                "enable_banklink", "0")));
        assertThat(InstallWebhook.read(body).orElseThrow().toString()).doesNotContain("12345abcde", "*****");
    }

    @Test
    void one_more_blank_in_the_body_is_another_body() {
        byte[] body = (DOCUMENTED.fields().getFirst().text() + " ").getBytes(StandardCharsets.UTF_8);

        assertThat(WebhookHash.verify(body, DOCUMENTED.text("signature"), List.of(DOCUMENTED.key())))
                .isInstanceOf(SignatureVerdict.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"fields\":{}}", "{\"authCode\":null}", "{\"authCode\":\"\",\"fields\":[]}", "{}"})
    void code_and_fields_may_be_missing(String body) {
        assertThat(InstallWebhook.read(body.getBytes(StandardCharsets.UTF_8)))
                .contains(new InstallWebhook(Optional.empty(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{\"fields\":", "{} {}", "connection_id=shop"})
    void what_is_no_object_is_not_read(String body) {
        assertThat(InstallWebhook.read(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void the_code_is_encoded_in_the_apps_apis_address_and_the_key_goes_into_a_header() {
        URI base = URI.create("https://api.mozello.com/v1/");

        assertThat(AppsApi.installed(base, "authCode", "a b&c"))
                .isEqualTo(URI.create("https://api.mozello.com/v1/apps/installed/?authCode=a+b%26c"));
        assertThat(AppsApi.authorization("MZL-P-0-x")).isEqualTo("ApiKey MZL-P-0-x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"error\":false} | DONE",
                "200 | '' | DONE",
                "200 | {\"error\":true} | REFUSED",
                "401 | {\"error\":true} | REFUSED",
                "404 | '' | REFUSED",
                "408 | '' | UNAVAILABLE",
                "429 | '' | UNAVAILABLE",
                "302 | '' | UNAVAILABLE",
                "500 | {\"error\":false} | UNAVAILABLE"
            })
    void what_may_pass_is_told_from_what_will_not(int status, String body, AppsApi.Outcome outcome) {
        assertThat(AppsApi.read(status, body.getBytes(StandardCharsets.UTF_8))).isEqualTo(outcome);
    }
}
