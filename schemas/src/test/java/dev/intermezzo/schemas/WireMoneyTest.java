package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.schemas.avro.Money;
import java.math.BigDecimal;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireMoneyTest {

    @ParameterizedTest
    @CsvSource({"CAD 49.90, 49.9000", "JPY 500, 500.0000", "BHD 1.234, 1.2340"})
    void money_has_four_decimals_on_the_wire_and_comes_back_as_it_was(String text, BigDecimal onTheWire) {
        org.joda.money.Money money = org.joda.money.Money.parse(text);

        Money wire = WireMoney.of(money);

        assertThat(wire.getAmount()).isEqualTo(onTheWire);
        assertThat(wire.getCurrency()).isEqualTo(money.getCurrencyUnit().getCode());
        assertThat(WireMoney.read(wire)).isEqualTo(money);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAD", "JPY"})
    void digits_that_the_currency_has_not_are_refused_not_rounded(String currency) {
        Money wire = new Money(new BigDecimal("1.0050"), currency);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> WireMoney.read(wire))
                .withMessageContaining(
                        Integer.toString(CurrencyUnit.of(currency).getDecimalPlaces()));
    }

    @Test
    void a_currency_that_does_not_exist_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WireMoney.read(new Money(new BigDecimal("1.0000"), "NOP")));
    }

    @Test
    void an_amount_too_fine_for_the_wire_is_refused_not_rounded() {
        assertThatThrownBy(() -> WireMoney.amount(new BigDecimal("1.00005"))).isInstanceOf(ArithmeticException.class);
    }
}
