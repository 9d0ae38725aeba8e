package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentSettingsTest {

    /** As in the documentation, braces restored. */
    private static final String DOCUMENTED = """
            {"error": false,
             "fields": {"customer_id": "1234567890", "api_key": "*****", "use_3d_secure": "0", "enable_banklink": "0"},
             "meta": {"notify_url": "https://www.mozello.com/service/ipn/provider/xxx/",
                      "success_url": "https://www.my-mozello-shop.com/shop/params/success/go/",
                      "failure_url": "https://www.my-mozello-shop.com/shop/params/failure/go/"}}""";

    @Test
    void the_documented_answer_tells_fields_and_addresses() {
        SettingsReading reading = read(200, DOCUMENTED);

        assertThat(reading)
                .isEqualTo(new SettingsReading.Known(new PaymentSettings(
                        Map.of(
                                "customer_id", "1234567890",
                                "api_key", "*****",
                                "use_3d_secure", "0",
                                "enable_banklink", "0"),
                        Optional.of("https://www.my-mozello-shop.com/shop/params/success/go/"),
                        Optional.of("https://www.my-mozello-shop.com/shop/params/failure/go/"),
                        Optional.of("https://www.mozello.com/service/ipn/provider/xxx/"))));
        assertThat(reading.toString()).doesNotContain("*****", "1234567890");
    }

    @Test
    void values_that_are_no_texts_are_taken_as_texts_and_structures_are_passed_over() {
        SettingsReading reading = read(200, "{\"fields\":{\"a\":7,\"b\":true,\"c\":null,\"d\":{\"e\":1},\"f\":\"\"}}");

        assertThat(reading)
                .isEqualTo(new SettingsReading.Known(new PaymentSettings(
                        Map.of("a", "7", "b", "true", "f", ""), Optional.empty(), Optional.empty(), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"error\":true,\"error_code\":404} | http-404",
                "400 | oops | http-400",
                "200 | {\"error\":true,\"fields\":{\"a\":\"b\"}} | error-reported",
                "200 | {\"error\":false,\"fields\":{}} | fields-empty",
                "200 | {\"error\":false,\"fields\":[]} | fields-empty",
                "200 | {\"error\":false,\"fields\":null} | fields-empty",
                "200 | {\"error\":false} | fields-empty"
            })
    void mozello_says_that_it_has_no_settings_for_the_order(int status, String body, String code) {
        assertThat(read(status, body)).isEqualTo(new SettingsReading.Refused(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"error\":true} | http-500",
                "503 | busy | http-503",
                "429 | {\"error\":true} | http-429",
                "401 | {\"error\":true,\"error_code\":401} | http-401",
                "403 | {\"error\":true} | http-403",
                "302 | elsewhere | http-302",
                "204 | '' | http-204",
                "200 | <html>maintenance</html> | answer-unreadable",
                "200 | '' | answer-unreadable",
                "200 | [1] | answer-unreadable",
                "200 | {\"fields\":{\"a\":\"b\"}} {} | answer-unreadable",
                "200 | {\"fields\":{\"a\":\"b\" | answer-unreadable"
            })
    void an_answer_that_says_nothing_about_the_order_may_be_asked_for_again(int status, String body, String code) {
        assertThat(read(status, body)).isEqualTo(new SettingsReading.Unavailable(code));
    }

    @Test
    void the_question_is_a_form_so_that_the_key_stands_in_no_address() {
        EncodedForm question = PaymentSettings.question("5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f", "MZL-P-0-a&b +");

        assertThat(question.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(MozelloForm.read(question.body(), question.contentType()))
                .isInstanceOfSatisfying(FormReading.Form.class, read -> {
                    assertThat(read.form().names()).containsExactly("order_uuid", "api_key");
                    assertThat(read.form().value("api_key")).contains("MZL-P-0-a&b +");
                });
        assertThat(PaymentSettings.PATH).doesNotContain("?");
    }

    @Test
    void addresses_that_mozello_tells_stand_in_for_the_forms_and_the_others_stay() {
        PaymentSettings settings = new PaymentSettings(
                Map.of(),
                Optional.of("https://shop.example.com/told/success/"),
                Optional.empty(),
                Optional.of("https://www.mozello.com/told/"));

        MozelloForm form = settings.addressing(TestForm.documented().form());

        assertThat(form.value("success_url")).contains("https://shop.example.com/told/success/");
        assertThat(form.value("failure_url"))
                .isEqualTo(TestForm.documented().form().value("failure_url"));
        assertThat(form.value("notify_url")).contains("https://www.mozello.com/told/");
        assertThat(form.names()).isEqualTo(TestForm.documented().form().names());
    }

    @Test
    void a_name_that_stood_twice_is_still_known_to_after_other_addresses_were_told() {
        MozelloForm twice = TestForm.documented().appended("amount", "0.01").form();

        MozelloForm form = new PaymentSettings(Map.of(), Optional.empty(), Optional.empty(), Optional.of("https://x/"))
                .addressing(twice);

        assertThat(Admissibility.judge(form, TestForm.RULES))
                .isInstanceOfSatisfying(
                        AdmissibilityVerdict.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("field-repeated"));
    }

    @Test
    void the_order_is_named_by_one_uuid_and_by_nothing_else() {
        TestForm form = TestForm.documented();

        assertThat(Admissibility.orderOf(form.form())).contains("5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f");
        assertThat(Admissibility.orderOf(form.without("order_uuid").form())).isEmpty();
        assertThat(Admissibility.orderOf(form.appended("order_uuid", "6f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f")
                        .form()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f&x=y", "../../../../../../../../../../../../"})
    void what_is_no_uuid_names_no_order(String text) {
        assertThat(Admissibility.orderOf(
                        TestForm.documented().with("order_uuid", text).form()))
                .isEmpty();
    }

    private static SettingsReading read(int status, String body) {
        return PaymentSettings.read(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
