package dev.intermezzo.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.ingress.pages.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The browser's languages, whoever wrote the header: one of ours that it names, or none. */
class AcceptLanguageFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(AcceptLanguageFuzzTest.class, "accept-language");
    /** Three letters behind them are an extended language (RFC 5646, section 2.2.2), which is another one. */
    private static final Pattern TWO_LETTERS =
            Pattern.compile("([A-Za-z]{2})(?![-_][A-Za-z]{3}(?:[-_]|$))([-_].*)?", Pattern.DOTALL);

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, AcceptLanguageFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), AcceptLanguageFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(
                        List.of("lv", "LT-lt", "en_GB", "-", "_", ";q=", "x-", "i-", "*", "ru", "zh-Hant-", ",,,,,,,,"))
                .withSeparators(",", ";", "-", "=")
                .arbitrary();
    }

    private static void holds(byte[] header) {
        // Headers are bytes; servers read them so.
        String text = new String(header, StandardCharsets.ISO_8859_1);

        Optional<String> language = AcceptLanguage.first(text, Texts::supported);

        Optional<String> named = Stream.of(text.split(",", 16))
                .map(range -> range.replaceFirst("(?s);.*", "").strip())
                .map(TWO_LETTERS::matcher)
                .filter(Matcher::matches)
                .map(tag -> tag.group(1).toLowerCase(Locale.ROOT))
                .filter(Texts.LANGUAGES::contains)
                .findFirst();
        assertThat(language).isEqualTo(named);
    }
}
