package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.merchants.InvoiceBoundary.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvoiceBoundaryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "M-\\d{10}-\\d{10}",
                "[A-Z]{2}\\d{4}",
                "INV\\d+-X",
                "(?:A|B)\\d{3}",
                "\\d+[a-z]",
                "^M-\\d{8}$",
                "(A-\\d{2}){3}",
                "\\d*/",
                "[^0-9.]+",
                "\\d+\\D{2}E?F"
            })
    void a_pattern_of_one_length_or_with_another_end_is_closed(String pattern) {
        assertThat(InvoiceBoundary.of(pattern)).isEqualTo(Verdict.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "M-\\d+",
                ".*",
                "M-\\d{4,6}",
                "M-\\d{4}|M-\\d{5}",
                "[A-Z0-9]+",
                "INV\\d+-?",
                "M-\\d{4}(-\\d{2})?",
                "M-[\\w-]{1,20}",
                "A+\\.",
                "[^a]+"
            })
    void a_pattern_that_lets_digits_of_the_amount_in_is_open(String pattern) {
        assertThat(InvoiceBoundary.of(pattern)).isEqualTo(Verdict.OPEN);
    }

    /** Every verdict of CLOSED is a promise: no match may become another by taking in what an amount begins with. */
    @ParameterizedTest
    @CsvSource({"'M-1', 'M-12'", "'M-1', 'M-1.'", "'A7', 'A77.'"})
    void patterns_that_match_both_texts_are_never_closed(String number, String longer) {
        for (String pattern : new String[] {"[AM]-?\\d+\\.?", "[AM][-0-9.]*", ".+", "\\w-?[\\d.]{1,3}"}) {
            assertThat(number.matches(pattern) && longer.matches(pattern)).isTrue();
            assertThat(InvoiceBoundary.of(pattern)).isNotEqualTo(Verdict.CLOSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?=M)\\d{3}", "(a)\\1", "\\p{Lu}\\d", "(?i)m-\\d{3}", "\\Qa\\E"})
    void what_is_not_analysed_is_not_called_closed(String pattern) {
        assertThat(InvoiceBoundary.of(pattern)).isEqualTo(Verdict.NOT_UNDERSTOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(", "*", "\\d{2"})
    void what_java_refuses_is_invalid(String pattern) {
        assertThat(InvoiceBoundary.of(pattern)).isEqualTo(Verdict.INVALID);
    }
}
