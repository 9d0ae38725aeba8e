package dev.intermezzo.runtime.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sealed tokens that come back changed: only the text that was sealed opens, and only for its purpose. */
class TokenFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final TokenSealer SEALER = new TokenSealer(SealingKeys.generate());
    private static final byte[] CONTENT = "what is sealed".getBytes(StandardCharsets.UTF_8);
    private static final String TOKEN = SEALER.seal("pay", CONTENT);
    private static final String OTHER = SEALER.seal("return", CONTENT);

    @Property
    void only_the_text_that_was_sealed_opens(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), TokenFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(Corpus.ofTexts(Stream.of(TOKEN, OTHER, TOKEN + "=", "", "AAAA")))
                .arbitrary();
    }

    private static void holds(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<byte[]> opened = SEALER.open("pay", text);

        assertThat(opened.isPresent()).isEqualTo(text.equals(TOKEN));
        opened.ifPresent(content -> assertThat(content).isEqualTo(CONTENT));
    }
}
