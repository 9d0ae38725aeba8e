package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What stands where an API key belongs: one is read back exactly as it was written, and everything else is none. */
class ApiTokenFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(ApiTokenFuzzTest.class, "api-token");

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, ApiTokenFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), ApiTokenFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of("imk.", ".key-1.", "demo-shop", "-", "_", "="))
                .withSeparators(".", "-")
                .arbitrary();
    }

    private static void holds(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        ApiToken.parse(text).ifPresent(token -> {
            assertThat(token.reveal()).isEqualTo(text);
            assertThat(token.merchantId()).matches("[a-z0-9-]{1,40}");
            assertThat(token.keyId()).matches("[a-z0-9-]{1,40}");
            assertThat(token.digest()).hasSize(32);
            assertThat(token.toString()).doesNotContain(text.substring(text.length() - 43));
        });
    }
}
