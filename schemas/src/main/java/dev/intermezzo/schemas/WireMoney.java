package dev.intermezzo.schemas;

import dev.intermezzo.schemas.avro.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.joda.money.CurrencyUnit;

/**
 * Money on the wire: four decimals whatever the currency, so that equal money has equal bytes. Nothing is rounded either
 * way.
 */
public final class WireMoney {
    private static final int DECIMALS = 4;

    private WireMoney() {}

    /** @throws ArithmeticException when the amount has more decimals than the wire */
    public static Money of(org.joda.money.Money money) {
        return new Money(amount(money.getAmount()), money.getCurrencyUnit().getCode());
    }

    /**
     * An amount whose currency is not known, or stands elsewhere.
     *
     * @throws ArithmeticException when it has more decimals than the wire
     */
    public static BigDecimal amount(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.UNNECESSARY);
    }

    /** @throws IllegalArgumentException when there is no such currency, or it has fewer decimals than the amount */
    public static org.joda.money.Money read(Money wire) {
        CurrencyUnit currency = CurrencyUnit.of(wire.getCurrency());
        try {
            return org.joda.money.Money.of(currency, wire.getAmount(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    currency + " has " + currency.getDecimalPlaces() + " digits, not those of " + wire.getAmount(), e);
        }
    }
}
