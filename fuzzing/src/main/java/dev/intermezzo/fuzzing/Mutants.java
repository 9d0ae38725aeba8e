package dev.intermezzo.fuzzing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What jqwik draws: examples of a corpus with up to six mutations, and now and then bytes that resemble nothing. Fewer
 * mutations are simpler, so a failing input shrinks towards its example.
 */
public final class Mutants {

    private static final int MOST_MUTATIONS = 6;
    private static final int WHOLE = 1_000;

    /** Words that parsers of any language have stumbled over, as {@link Line}s. */
    private static final List<String> WORDS = List.of(
            "\\x00",
            "\\r\\n",
            "\\n",
            "\\xef\\xbb\\xbf",
            "\\xff",
            "\\xc0\\xaf",
            "\\xed\\xa0\\x80",
            "\\xf4\\x90\\x80\\x80",
            "\\xe2\\x80\\xa8",
            "\\xc4\\xb0",
            "\\xc5\\xbf",
            "\\xcc\\x81",
            "\\xe3\\x80\\x82",
            "\\xc2\\xad",
            "%",
            "%00",
            "%zz",
            "%2",
            "%0d%0a",
            "+",
            "&",
            "=",
            ";",
            ",",
            ":",
            "/",
            "//",
            "@",
            "?",
            "#",
            "..",
            "*",
            "~",
            "$",
            "|",
            "^",
            "'",
            "\"",
            "\\\\",
            "\\\\\"",
            "\\\\u0000",
            "\\\\ud800",
            "\\\\udc00",
            "[",
            "]",
            "{",
            "}",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":",
            "null",
            "true",
            "false",
            "NaN",
            "Infinity",
            "<script>",
            "</",
            "${",
            "{{",
            "%s",
            "\\xf0\\x9f\\x92\\xb6",
            "A",
            "z",
            " ",
            "\\t",
            "\\x7f",
            "\\x1b",
            "\\xe2\\x80\\xae");

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "00",
            "-0",
            "0.0",
            ".5",
            "5.",
            "+1",
            "0x10",
            "1e5",
            "1E-7",
            "1e999",
            "1e999999999",
            "1e-999999999",
            "1e99999999999",
            "127",
            "128",
            "255",
            "256",
            "65535",
            "65536",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "999999999999",
            "1000000000000",
            "999999999999.9999",
            "0.00001",
            "1.0000000000",
            "99999999999999999999999999999999999999999999999999",
            "1,000",
            "1_000",
            "\\xd9\\xa1\\xd9\\xa2",
            "\\xef\\xbc\\x91");

    private final Corpus corpus;
    private final List<String> words;
    private final List<String> separators;

    private Mutants(Corpus corpus, List<String> words, List<String> separators) {
        this.corpus = corpus;
        this.words = words;
        this.separators = separators;
    }

    /** Mutants of the examples of a corpus. */
    public static Mutants of(Corpus corpus) {
        return new Mutants(corpus, WORDS, List.of("\n", ",", "&"));
    }

    /** These with more words, as {@link Line}s: names and values that mean something to the parser. */
    public Mutants withWords(Collection<String> more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return new Mutants(corpus, List.copyOf(all), separators);
    }

    /** These with separators of the parser's parts. */
    public Mutants withSeparators(String... others) {
        return new Mutants(corpus, words, List.of(others));
    }

    /** The generator. */
    public Arbitrary<Mutant> arbitrary() {
        Arbitrary<Mutant> mutants = Combinators.combine(
                        Arbitraries.integers().between(0, corpus.examples().size() - 1),
                        mutation().list().ofMaxSize(MOST_MUTATIONS))
                .as((example, mutations) -> new Mutant(corpus, example, mutations));
        Arbitrary<Mutant> noise = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(200)
                .map(bytes -> new Mutant(new Corpus(List.of(bytes)), 0, List.of()));
        return Arbitraries.frequencyOf(Tuple.of(19, mutants), Tuple.of(1, noise))
                .withoutEdgeCases();
    }

    private Arbitrary<Mutation> mutation() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, WHOLE);
        Arbitrary<Integer> length = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 30)),
                Tuple.of(1, Arbitraries.integers().between(1, WHOLE)));
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 30);
        Arbitrary<String> separator = Arbitraries.of(separators);
        return Arbitraries.oneOf(
                Combinators.combine(place, length).as(Mutation.Cut::new),
                place.map(Mutation.Truncate::new),
                Combinators.combine(place, length, Arbitraries.of(2, 3, 10, 65, 5_000))
                        .as(Mutation.Repeat::new),
                Combinators.combine(place, place, length).as(Mutation.Swap::new),
                Combinators.combine(place, Arbitraries.of(0, 0, 1, 5), Arbitraries.of(words))
                        .as(Mutation.Word::new),
                Combinators.combine(place, Arbitraries.of(0, 0, 1, 5), Arbitraries.of(words))
                        .as(Mutation.Word::new),
                Combinators.combine(place, Arbitraries.integers().between(0, 7)).as(Mutation.Flip::new),
                Combinators.combine(place, length).as(Mutation.Fold::new),
                Combinators.combine(few, Arbitraries.of(NUMBERS)).as(Mutation.OtherNumber::new),
                Combinators.combine(separator, few, few, Arbitraries.of(Mutation.Part.What.class))
                        .as(Mutation.Part::new),
                Combinators.combine(place, few, place, length).as(Mutation.Splice::new),
                Combinators.combine(place, length, Arbitraries.of(Mutation.Encode.How.class))
                        .as(Mutation.Encode::new));
    }
}
