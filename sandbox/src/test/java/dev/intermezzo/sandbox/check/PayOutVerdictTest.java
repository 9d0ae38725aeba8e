package dev.intermezzo.sandbox.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.check.RefundOutcome.Word;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayOutVerdictTest {
    private static final String EMAIL = "payee@example.com";
    private static final String WALLET = "BTC:an-address";

    @Test
    void a_pay_out_that_left_once_as_it_was_asked_for_is_right() {
        PayOutVerdict verdict = PayOutVerdict.of(
                List.of(ordered("one", "3.10", Word.PAID), ordered("two", "3.20", Word.PAID)),
                List.of(left("o1", "3.1"), left("o2", "3.20")));

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.executed()).isEqualTo(2);
        assertThat(verdict.paid()).containsOnlyKeys(Psp.FORUMPAY).containsValue(2);
        assertThat(verdict.doubles()).isZero();
    }

    @Test
    void a_pay_out_that_is_never_made_is_found() {
        PayOutVerdict verdict = PayOutVerdict.of(List.of(ordered("one", "3.10", Word.PAID)), List.of());

        assertThat(verdict.problems()).singleElement().asString().contains("one", "no money left");
        assertThat(verdict.ok()).isFalse();
    }

    @Test
    void a_pay_out_that_is_made_twice_is_found_and_counted() {
        PayOutVerdict verdict = PayOutVerdict.of(
                List.of(ordered("one", "3.10", Word.PAID)), List.of(left("o1", "3.10"), left("o1", "3.10")));

        assertThat(verdict.problems()).singleElement().asString().contains("one", "left 2 times");
        assertThat(verdict.doubles()).isEqualTo(1);
        assertThat(verdict.executed()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "PAYONE, 3.10, CAD, payee@example.com, BTC:an-address",
        "FORUMPAY, 3.11, CAD, payee@example.com, BTC:an-address",
        "FORUMPAY, 3.10, EUR, payee@example.com, BTC:an-address",
        "FORUMPAY, 3.10, CAD, other@example.com, BTC:an-address",
        "FORUMPAY, 3.10, CAD, payee@example.com, BTC:another-address",
    })
    void other_money_than_was_asked_for_is_found_from_both_sides(
            Psp provider, BigDecimal amount, String currency, String email, String wallet) {
        PayOutVerdict verdict = PayOutVerdict.of(
                List.of(ordered("one", "3.10", Word.PAID)),
                List.of(left("o1", provider, amount, currency, email, wallet)));

        assertThat(verdict.problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("one", "no money left"))
                .anySatisfy(problem -> assertThat(problem).contains(email, "nobody asked for"));
        assertThat(verdict.ok()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, said to be refused", "UNKNOWN, nobody knows", "OPEN, never came to an end"})
    void a_word_that_does_not_fit_the_money_is_found(Word word, String problem) {
        PayOutVerdict verdict = PayOutVerdict.of(List.of(ordered("one", "3.10", word)), List.of(left("o1", "3.10")));

        assertThat(verdict.problems()).singleElement().asString().contains("one", problem);
    }

    @Test
    void two_that_cannot_be_told_apart_are_no_plan() {
        List<OrderedPayOut> alike = List.of(ordered("one", "3.10", Word.PAID), ordered("two", "3.1", Word.PAID));

        assertThatThrownBy(() -> PayOutVerdict.of(alike, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static OrderedPayOut ordered(String id, String amount, Word word) {
        return new OrderedPayOut(id, Psp.FORUMPAY, EMAIL, WALLET, new BigDecimal(amount), "CAD", word);
    }

    private static TransactionSnapshot left(String user, String amount) {
        return left(user, Psp.FORUMPAY, new BigDecimal(amount), "CAD", EMAIL, WALLET);
    }

    private static TransactionSnapshot left(
            String user, Psp provider, BigDecimal amount, String currency, String email, String wallet) {
        return new TransactionSnapshot(
                "transaction",
                provider,
                user,
                email,
                amount,
                currency,
                wallet,
                TransactionStatus.APPROVED,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
