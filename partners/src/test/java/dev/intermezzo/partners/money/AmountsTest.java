package dev.intermezzo.partners.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "10.02, EUR, 10.02",
        "10, EUR, 10.00",
        "10.0200, EUR, 10.02",
        "1000.00, JPY, 1000",
        "1000, JPY, 1000",
        "0.001, KWD, 0.001",
        "1.5, KWD, 1.500",
        "999999999999.99, CAD, 999999999999.99",
        "0.01, CAD, 0.01",
    })
    void an_amount_of_the_grammar_is_read_and_written_with_the_currencys_digits(
            String text, String currency, String literal) {
        assertThat(Amounts.literal(valid(text, currency))).isEqualTo(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10,02",
                "1 000",
                "1e3",
                "+1",
                "-1",
                "01",
                "00.10",
                ".5",
                "5.",
                "1.00001",
                "1000000000000",
                "10.02 ",
                " 10.02",
                "10.02\n",
                "10.0.2",
                "0x10",
                "NaN",
                "Infinity",
                "١٠",
                "10.02EUR",
                "149.90EUR10.00",
                "1'000"
            })
    void a_text_outside_the_grammar_is_refused(String text) {
        assertThat(code(text, "EUR")).isEqualTo("amount-malformed");
    }

    @ParameterizedTest
    @CsvSource({"0, EUR", "0.00, EUR", "0.0000, JPY"})
    void zero_is_refused(String text, String currency) {
        assertThat(code(text, currency)).isEqualTo("amount-zero");
    }

    @ParameterizedTest
    @CsvSource({"10.001, EUR", "10.0201, CAD", "1000.01, JPY", "0.0001, KWD"})
    void a_digit_the_currency_does_not_have_is_refused(String text, String currency) {
        assertThat(code(text, currency)).isEqualTo("amount-digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EU", "EURO", "ZZZ", "XXX", "XAU", "€", "E R"})
    void a_code_that_is_not_money_is_refused(String currency) {
        assertThat(code("10.00", currency)).isEqualTo("currency-unknown");
    }

    @ParameterizedTest
    @CsvSource({"10, 10.00", "10.0, 10.0000"})
    void amounts_are_compared_by_value(String one, String other) {
        assertThat(valid(one, "EUR")).isEqualTo(valid(other, "EUR")).isNotEqualTo(valid(other, "USD"));
    }

    @ParameterizedTest
    @CsvSource({"1000, JPY, 2, 1000.00", "10.5, EUR, 2, 10.50", "1.500, KWD, 2, 1.50"})
    void a_demanded_number_of_digits_is_written_exactly(String text, String currency, int digits, String literal) {
        assertThat(Amounts.literal(valid(text, currency), digits)).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({"1.505, KWD, 2", "10.55, EUR, 1"})
    void a_demanded_number_of_digits_never_rounds(String text, String currency, int digits) {
        Money money = valid(text, currency);

        assertThatThrownBy(() -> Amounts.literal(money, digits)).isInstanceOf(ArithmeticException.class);
    }

    @Property
    void what_is_written_is_read_back_as_the_same_money(
            @ForAll("currencies") CurrencyUnit currency,
            @ForAll @LongRange(min = 1, max = 999_999_999_999L) long minor) {
        Money money = Money.of(currency, BigDecimal.valueOf(minor, currency.getDecimalPlaces()));

        assertThat(valid(Amounts.literal(money), currency.getCode())).isEqualTo(money);
    }

    @Property
    void any_text_is_judged_without_an_exception(@ForAll String text, @ForAll String currency) {
        assertThat(Amounts.parse(text, currency)).isNotNull();
        assertThat(Amounts.parse(text, "EUR")).isNotNull();
    }

    @Provide
    Arbitrary<CurrencyUnit> currencies() {
        return Arbitraries.of("EUR", "USD", "CAD", "JPY", "KWD", "ISK", "CLF").map(CurrencyUnit::of);
    }

    private static Money valid(String text, String currency) {
        assertThat(Amounts.parse(text, currency)).isInstanceOf(AmountReading.Valid.class);
        return ((AmountReading.Valid) Amounts.parse(text, currency)).money();
    }

    private static String code(String text, String currency) {
        assertThat(Amounts.parse(text, currency)).isInstanceOf(AmountReading.Refused.class);
        return ((AmountReading.Refused) Amounts.parse(text, currency)).code();
    }
}
