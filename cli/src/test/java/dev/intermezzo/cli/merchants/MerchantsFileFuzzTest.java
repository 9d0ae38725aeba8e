package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Merchants files as they come out of editors, templates and accidents. */
class MerchantsFileFuzzTest {

    private static final Guard GUARD = Guard.started();
    /** Was valid, and stopped the command when it was written. */
    private static final String TIME_BEYOND_RECORDS = SandboxYaml.with(
            "mozello-keys: " + SandboxYaml.MOZELLO_KEY,
            "mozello-keys: [{text: abcdefgh-key-of-shop, id: k1, not-after: \"+1000000000-12-31T23:59:59Z\"}]");

    private static final Corpus CORPUS = Corpus.ofTexts(Stream.of(SandboxYaml.TEXT, TIME_BEYOND_RECORDS))
            .and(Corpus.of(MerchantsFileFuzzTest.class, "merchants-file"));

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, MerchantsFileFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), MerchantsFileFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "&a ",
                        "*a",
                        "!!java.net.URL ",
                        "<<: ",
                        "- ",
                        "? ",
                        "| ",
                        "> ",
                        "---\\n",
                        "~",
                        "invoice-pattern: ",
                        "(a+)+",
                        "form-layout: ",
                        "{env: HOME}",
                        "{file: ",
                        "not-after: ",
                        "1e99999999999",
                        "order-time: ",
                        "9999999d",
                        "+1000000000-12-31T23:59:59Z"))
                .withSeparators("\n", ": ", "  ", ",")
                .arbitrary();
    }

    private static void holds(byte[] input) {
        String yaml = new String(input, StandardCharsets.UTF_8);
        switch (MerchantsFile.read(yaml, Path.of("no-such-folder"), Map.of("A", "value-of-a-secret"))) {
            case MerchantsFile.Result.Invalid invalid -> {
                assertThat(invalid.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.code()).matches("[a-z0-9-]+");
                    assertThat(problem.sentence()).isNotBlank();
                });
            }
            case MerchantsFile.Result.Valid valid -> {
                assertThat(valid.file().records()).isNotEmpty().allSatisfy(MerchantsFileFuzzTest::holdsAsRecord);
                assertThat(valid.file().toString()).doesNotContain(SandboxYaml.MOZELLO_KEY, SandboxYaml.COMPANY_TOKEN);
            }
        }
    }

    private static void holdsAsRecord(Declared record) {
        assertThat(record.id()).matches("[a-z0-9-]{1,40}");
        record.secrets().forEach(secret -> {
            if (secret.notAfter() != null) {
                // A time that Kafka's records cannot hold would stop the command half-way.
                assertThat(ChronoUnit.MICROS.between(Instant.EPOCH, secret.notAfter()))
                        .isNotZero();
            }
        });
    }
}
