package dev.intermezzo.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What merchants' systems ask to be paid: what is read is what another reader of JSON sees, and the rest is refused. */
class ApiBodyFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(ApiBodyFuzzTest.class, "api-body");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, ApiBodyFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), ApiBodyFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "\"amount\":",
                        "\"currency\":",
                        "\"reason\":",
                        "\"destination\":",
                        "\"reference\":",
                        "\"CAD\"",
                        "\"JPY\"",
                        "\"1.00\"",
                        "1e99999999999",
                        "{}"))
                .withSeparators(",", ":", "\"")
                .arbitrary();
    }

    private static void holds(byte[] bytes) {
        switch (RefundBody.read(bytes)) {
            case RefundBody.Reading.Unreadable(String detail) -> isSentence(detail);
            case RefundBody.Reading.Read(RefundBody body) -> {
                JsonNode seen = seen(bytes, Set.of("amount", "currency", "reason"));
                isMoney(body.amount(), seen);
                assertThat(body.reason())
                        .isNotBlank()
                        .isEqualTo(seen.get("reason").textValue());
                isPrintable(body.reason());
            }
        }
        switch (PayOutBody.read(bytes)) {
            case PayOutBody.Reading.Unreadable(String detail) -> isSentence(detail);
            case PayOutBody.Reading.Read(PayOutBody body) -> {
                JsonNode seen = seen(bytes, Set.of("amount", "currency", "destination", "reference"));
                isMoney(body.amount(), seen);
                assertThat(body.destination())
                        .matches("[a-z0-9-]{1,40}")
                        .isEqualTo(seen.get("destination").textValue());
                assertThat(body.reference()).isEqualTo(seen.path("reference").asText());
                isPrintable(body.reference());
            }
        }
    }

    private static JsonNode seen(byte[] bytes, Set<String> fields) {
        try {
            JsonNode seen = JSON.readTree(bytes);
            assertThat(seen.properties()).allSatisfy(field -> {
                assertThat(fields).contains(field.getKey());
                assertThat(field.getValue().isTextual()).isTrue();
            });
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void isMoney(Money read, JsonNode seen) {
        assertThat(read.isPositive()).isTrue();
        assertThat(read.getAmount())
                .isEqualByComparingTo(new BigDecimal(seen.get("amount").textValue()));
        assertThat(read.getCurrencyUnit().getCode())
                .isEqualTo(seen.get("currency").textValue());
    }

    private static void isPrintable(String text) {
        assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(200);
        assertThat(text.codePoints()).noneMatch(Character::isISOControl);
    }

    /** Ours, and nothing of the body in it: no quotation, no escape, no length but its own. */
    private static void isSentence(String detail) {
        assertThat(detail).matches("[A-Z][A-Za-z0-9 ,.;:()'-]{9,249}\\.");
    }
}
