package dev.intermezzo.sandbox.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.check.RefundOutcome.Word;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundVerdictTest {

    private static final String EMAIL = "buyer-1@example.com";

    @ParameterizedTest
    @CsvSource({"PAID, 1, false", "REFUSED, 0, false", "UNKNOWN, 0, true", "UNKNOWN, 1, true"})
    void a_refund_whose_word_fits_the_money_is_right(Word word, int left, boolean caseOpen) {
        RefundVerdict verdict = verdict(word, left, caseOpen);

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.wrongOrders()).isEmpty();
        assertThat(verdict.executed()).isEqualTo(left);
        assertThat(verdict.doubles()).isZero();
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.unknown()).isEqualTo(word == Word.UNKNOWN ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "PAID, 0, false, no money left",
        "REFUSED, 1, false, its money left",
        "UNKNOWN, 1, false, nobody is asked",
        "OPEN, 1, false, never came to an end",
        "OPEN, 0, true, never came to an end",
        "PAID, 2, false, left 2 times"
    })
    void a_word_that_does_not_fit_the_money_is_found(Word word, int left, boolean caseOpen, String problem) {
        RefundVerdict verdict = verdict(word, left, caseOpen);

        assertThat(verdict.problems()).singleElement().asString().contains("order-1", problem);
        assertThat(verdict.wrongOrders()).containsExactly("order-1");
        assertThat(verdict.doubles()).isEqualTo(Math.max(0, left - 1));
        assertThat(verdict.lost()).isEqualTo(word == Word.OPEN ? 1 : 0);
    }

    @Test
    void money_that_left_without_an_order_is_found() {
        RefundVerdict verdict = RefundVerdict.of(List.of(), payOuts(1));

        assertThat(verdict.problems()).singleElement().asString().contains(EMAIL, "nobody ordered");
    }

    private static RefundVerdict verdict(Word word, int left, boolean caseOpen) {
        return RefundVerdict.of(List.of(new RefundOutcome("order-1", EMAIL, word, caseOpen)), payOuts(left));
    }

    private static List<TransactionSnapshot> payOuts(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new TransactionSnapshot(
                        "transaction-" + index,
                        Psp.PAYONE,
                        "user",
                        EMAIL,
                        new BigDecimal("5.00"),
                        "CAD",
                        "",
                        TransactionStatus.APPROVED,
                        Instant.EPOCH,
                        Instant.EPOCH))
                .toList();
    }
}
