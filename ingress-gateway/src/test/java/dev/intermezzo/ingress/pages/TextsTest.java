package dev.intermezzo.ingress.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void latvian_has_every_english_text_and_no_other() throws IOException {
        assertThat(file("texts_lv.properties").stringPropertyNames())
                .isEqualTo(file("texts.properties").stringPropertyNames());
    }

    @Test
    void a_language_without_texts_falls_back_to_english_wherever_the_machine_stands() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("lv"));

            assertThat(Texts.in("de").of("state.approved")).isEqualTo("Paid");
            assertThat(Texts.in("en").of("state.approved")).isEqualTo("Paid");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_region_is_not_needed_to_be_understood() {
        assertThat(Texts.supported("lv-LV")).contains("lv");
        assertThat(Texts.supported("EN_gb")).contains("en");
        assertThat(Texts.supported("*")).isEmpty();
        assertThat(Texts.supported("")).isEmpty();
        assertThat(Texts.supported("x".repeat(500))).isEmpty();
    }

    @Test
    void an_apostrophe_stays_one() {
        assertThat(Texts.in("en").of("waiting.text")).contains("provider's page");
    }

    private static Properties file(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
