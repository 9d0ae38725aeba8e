package dev.intermezzo.ingress.pages;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * What buyers read, in one language. A further language is one file {@code texts_xx.properties}, complete, and one entry
 * in {@link #LANGUAGES}.
 */
public final class Texts {

    /** Languages with a file of their own, by their ISO 639-1 code; the first is what others fall back to. */
    public static final List<String> LANGUAGES = List.of("en", "lv", "lt", "et", "ru", "de");

    private static final String BUNDLE = "dev.intermezzo.ingress.pages.texts";

    private final String language;
    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(String language) {
        this.language = language;
        this.locale = Locale.of(language);
        // No fallback to the machine's locale: a page must not depend on where it was rendered.
        this.bundle = ResourceBundle.getBundle(
                BUNDLE,
                language.equals(LANGUAGES.getFirst()) ? Locale.ROOT : locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Texts in a language, or in English when there are none in it. */
    public static Texts in(String language) {
        return new Texts(supported(language).orElse(LANGUAGES.getFirst()));
    }

    /** Every language's texts, in the order of the switch. */
    static List<Texts> all() {
        return LANGUAGES.stream().map(Texts::new).toList();
    }

    /** The supported language that a tag such as {@code lv} or {@code lv-LV} means. */
    public static Optional<String> supported(String tag) {
        String language = Locale.forLanguageTag(tag.replace('_', '-')).getLanguage();
        return LANGUAGES.contains(language) ? Optional.of(language) : Optional.empty();
    }

    /** ISO 639-1 code of these texts. */
    public String language() {
        return language;
    }

    /** For names of countries and their order. */
    Locale locale() {
        return locale;
    }

    /** For numbers and dates. English dates are written with the day first, as everywhere but in the United States. */
    Locale formats() {
        return language.equals("en") ? Locale.UK : locale;
    }

    /**
     * The text of a key, with its places filled.
     *
     * @throws MissingResourceException for a key that no file has: a bug
     */
    public String of(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }

    /** The text of a key that may not exist. */
    Optional<String> find(String key) {
        return bundle.containsKey(key) ? Optional.of(of(key)) : Optional.empty();
    }
}
