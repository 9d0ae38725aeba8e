package dev.intermezzo.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MutantsTest {

    private static final Corpus CORPUS = Corpus.ofTexts(Stream.of("a=1&b=22", "", "{\"x\":1.50}"));

    @Property
    void every_mutant_stays_within_its_bound(@ForAll("mutants") Mutant mutant) {
        assertThat(mutant.bytes()).hasSizeLessThanOrEqualTo(Mutation.LONGEST);
    }

    @Property
    void a_mutant_is_the_same_each_time(@ForAll("mutants") Mutant mutant) {
        assertThat(mutant.bytes()).isEqualTo(mutant.bytes()).isEqualTo(Line.bytes(mutant.toString()));
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS).arbitrary();
    }

    @Test
    void mutations_do_what_their_names_say() {
        assertThat(after(new Mutation.Cut(0, 250))).isEqualTo("1&b=22");
        assertThat(after(new Mutation.Truncate(500))).isEqualTo("a=1&");
        assertThat(after(new Mutation.Repeat(0, 250, 3))).isEqualTo("a=a=a=1&b=22");
        assertThat(after(new Mutation.Swap(0, 500, 125))).isEqualTo("b=1&a=22");
        assertThat(after(new Mutation.Word(375, 125, "\\x00"))).isEqualTo("a=1\0b=22");
        assertThat(after(new Mutation.Flip(0, 0))).isEqualTo("`=1&b=22");
        assertThat(after(new Mutation.Fold(0, 1000))).isEqualTo("A=1&B=22");
        assertThat(after(new Mutation.OtherNumber(1, "-0"))).isEqualTo("a=1&b=-0");
        assertThat(after(new Mutation.Part("&", 0, 1, Mutation.Part.What.MOVED)))
                .isEqualTo("b=22&a=1");
        assertThat(after(new Mutation.Part("&", 0, 0, Mutation.Part.What.DROPPED)))
                .isEqualTo("b=22");
        assertThat(after(new Mutation.Part("&", 1, 0, Mutation.Part.What.DOUBLED)))
                .isEqualTo("b=22&a=1&b=22");
        assertThat(after(new Mutation.Splice(1000, 2, 0, 500))).isEqualTo("a=1&b=22{\"x\":");
        assertThat(after(new Mutation.Encode(0, 125, Mutation.Encode.How.PERCENT)))
                .isEqualTo("%61=1&b=22");
    }

    @Test
    void a_simpler_mutant_has_one_mutation_less() {
        Mutant mutant = new Mutant(CORPUS, 0, List.of(new Mutation.Cut(0, 250), new Mutation.Truncate(500)));

        assertThat(mutant.simpler()).extracting(Mutant::toString).containsExactly("a=1&", "1&b=22");
    }

    private static String after(Mutation mutation) {
        return new String(mutation.apply(CORPUS.example(0), CORPUS), StandardCharsets.ISO_8859_1);
    }
}
