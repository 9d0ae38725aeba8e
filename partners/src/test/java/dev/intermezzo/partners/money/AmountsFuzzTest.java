package dev.intermezzo.partners.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Amounts as forms name them: an input is the amount and its currency with a blank between. */
class AmountsFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(AmountsFuzzTest.class, "amount");
    private static final Map<String, Integer> DIGITS = Map.of("EUR", 2, "JPY", 0, "KWD", 3, "CAD", 2);

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, AmountsFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), AmountsFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of("EUR", "JPY", "KWD", "XAU", ".", "0", "00", "9"))
                .withSeparators(" ", ".")
                .arbitrary();
    }

    /** payments.md, section 3, said once more. */
    private static void holds(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int blank = text.lastIndexOf(' ');
        String amount = text.substring(0, Math.max(blank, 0));
        String currency = text.substring(blank + 1);
        switch (Amounts.parse(amount, currency)) {
            case AmountReading.Valid valid -> {
                assertThat(amount).matches("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?");
                assertThat(valid.money().getAmount()).isPositive().isEqualByComparingTo(new BigDecimal(amount));
                assertThat(valid.money().getCurrencyUnit().getCode()).isEqualTo(currency);
                String literal = Amounts.literal(valid.money());
                assertThat(Amounts.parse(literal, currency)).isEqualTo(valid);
            }
            case AmountReading.Refused refused -> {
                assertThat(refused.code()).isIn("currency-unknown", "amount-malformed", "amount-digits", "amount-zero");
                assertThat(payable(amount, currency)).isFalse();
            }
        }
    }

    private static boolean payable(String amount, String currency) {
        return DIGITS.containsKey(currency)
                && amount.matches("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?")
                && amount.matches(".*[1-9].*")
                && amount.matches("[0-9]*(\\.[0-9]{0," + DIGITS.get(currency) + "}0*)?");
    }
}
