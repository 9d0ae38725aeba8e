package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.payIn;
import static dev.intermezzo.partners.mozarto.WebhookReadingTest.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyMatchTest {

    private static final Money ASKED = Money.parse("CAD 10.00");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"amount\":\"10.00\"",
                "\"amount\":\"10\"",
                "\"amount\":10",
                "\"amount\":\"10.0000\",\"currency\":\"CAD\"",
                "\"amount\":10.0,\"currency\":\"cad\"",
            })
    void equal_money_matches_by_value(String fields) {
        assertThat(match("PAYONE", ASKED, fields)).isEqualTo(new MoneyMatch.Matches());
    }

    @ParameterizedTest
    @CsvSource({"9.99,LESS", "10.01,MORE", "10.0001,MORE", "0,LESS", "1000,MORE"})
    void other_amounts_differ_with_their_direction(String amount, MoneyMatch.How how) {
        assertThat(match("PAYONE", ASKED, "\"amount\":\"" + amount + "\"")).isEqualTo(new MoneyMatch.Differs(how));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "USD", "CA", "C$", "124"})
    void another_currency_differs_whatever_the_amount(String currency) {
        assertThat(match("PAYONE", ASKED, "\"amount\":\"10.00\",\"currency\":\"" + currency + "\""))
                .isEqualTo(new MoneyMatch.Differs(MoneyMatch.How.CURRENCY));
    }

    @Test
    void an_absent_amount_is_missing_even_where_the_currency_may_be() {
        assertThat(match("PAYONE", ASKED, "\"currency\":\"CAD\""))
                .isEqualTo(new MoneyMatch.Missing(MoneyMatch.What.AMOUNT));
    }

    @Test
    void an_absent_currency_is_missing_where_the_catalogue_does_not_allow_it() {
        assertThat(match("GIGADAT", ASKED, "\"amount\":\"10.00\""))
                .isEqualTo(new MoneyMatch.Missing(MoneyMatch.What.CURRENCY));
    }

    @Test
    void an_absent_currency_is_missing_when_another_than_the_providers_only_one_was_asked() {
        assertThat(match("PAYONE", Money.parse("EUR 10.00"), "\"amount\":\"10.00\""))
                .isEqualTo(new MoneyMatch.Missing(MoneyMatch.What.CURRENCY));
    }

    @Test
    void an_amount_nobody_can_read_is_not_absent() {
        assertThat(match("PAYONE", ASKED, "\"amount\":\"ten\"")).isEqualTo(new MoneyMatch.UnreadableAmount());
    }

    @Test
    void the_2025_shape_proves_nothing() {
        assertThat(match("PAYONE", ASKED, "\"confirmed\":true,\"amount\":\"10.00\",\"currency\":\"CAD\""))
                .isEqualTo(new MoneyMatch.NotEvidence());
    }

    @Property
    void only_equal_money_matches(
            @ForAll @LongRange(min = 1, max = 100_000) long asked,
            @ForAll @LongRange(min = 0, max = 100_000) long got) {
        Money money = Money.ofMinor(CurrencyUnit.CAD, asked);

        MoneyMatch match = MoneyMatch.of(money, true, BigDecimal.valueOf(got, 2), null);

        assertThat(match instanceof MoneyMatch.Matches).isEqualTo(asked == got);
    }

    private static MoneyMatch match(String psp, Money asked, String fields) {
        return MoneyMatch.of(asked, payIn(psp), webhook(fields));
    }
}
