package dev.intermezzo.ingress.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.Money;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {

    private static final Pattern PLACE = Pattern.compile("\\{[0-9]+}");
    private static final Pattern LONE_APOSTROPHE = Pattern.compile("(?<!')'(?!')");

    /** Names that are the same in every language, and words that happen to be. */
    private static final Set<String> SAME_AS_ENGLISH = Set.of(
            "method.CLEO",
            "method.GIGADAT",
            "method.PAYONE",
            "method.WORLDPAY_EU",
            "de error.code",
            "de order.shop",
            "de order.state");

    static Stream<String> translations() {
        return Texts.LANGUAGES.stream().skip(1);
    }

    @ParameterizedTest
    @MethodSource("translations")
    void a_translation_has_every_english_text_and_no_other(String language) throws IOException {
        assertThat(texts(language).stringPropertyNames()).isEqualTo(texts("en").stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void a_translation_fills_the_same_places(String language) throws IOException {
        Properties english = texts("en");
        Properties other = texts(language);
        for (String key : english.stringPropertyNames()) {
            assertThat(places(other.getProperty(key, ""))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("translations")
    void no_text_is_an_untranslated_copy_of_the_english_one(String language) throws IOException {
        Properties english = texts("en");
        Properties other = texts(language);

        Set<String> copied = english.stringPropertyNames().stream()
                .filter(key -> english.getProperty(key).equals(other.getProperty(key)))
                .filter(key -> !SAME_AS_ENGLISH.contains(key) && !SAME_AS_ENGLISH.contains(language + ' ' + key))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(copied).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.intermezzo.ingress.pages.Texts#all")
    void every_text_is_a_pattern_that_swallows_no_apostrophe(Texts texts) throws IOException {
        Properties all = texts(texts.language());
        for (String key : all.stringPropertyNames()) {
            String pattern = all.getProperty(key);
            assertThat(LONE_APOSTROPHE.matcher(pattern).find()).as(key).isFalse();
            assertThat(new MessageFormat(pattern).toPattern()).as(key).isNotEmpty();
            assertThat(texts.of(key)).as(key).isNotBlank();
        }
    }

    @Test
    void a_language_without_texts_falls_back_to_english_wherever_the_machine_stands() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("lv"));

            assertThat(Texts.in("fr").of("state.approved")).isEqualTo("Paid");
            assertThat(Texts.in("fr").language()).isEqualTo("en");
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | CAD | 1149.9000 | 1,149.90 CAD
            de | CAD | 1149.9000 | 1.149,90 CAD
            lv | CAD | 1149.9000 | 1 149,90 CAD
            lt | EUR | 0.5       | 0,50 EUR
            et | EUR | 12        | 12,00 EUR
            ru | EUR | 1234567   | 1 234 567,00 EUR
            de | JPY | 1000.00   | 1.000 JPY
            de | KWD | 1.5       | 1,500 KWD
            en | CAD | 999999999999.99 | 999,999,999,999.99 CAD
            """)
    void an_amount_is_written_in_the_form_of_the_language_with_the_digits_of_its_currency(
            String language, String currency, BigDecimal amount, String written) {
        Money money = new Money(amount.setScale(4), currency);

        // Languages group by spaces of several widths, none of which breaks a line.
        assertThat(OrderTexts.amount(Texts.in(language), money).replaceAll("[\\u00a0\\u202f]", " "))
                .isEqualTo(written);
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties texts(String language) throws IOException {
        String name = language.equals("en") ? "texts.properties" : "texts_" + language + ".properties";
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
