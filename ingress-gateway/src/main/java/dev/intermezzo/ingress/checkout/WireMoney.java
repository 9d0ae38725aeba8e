package dev.intermezzo.ingress.checkout;

import dev.intermezzo.schemas.avro.Money;
import java.math.RoundingMode;
import org.joda.money.CurrencyUnit;

/** Money between our own type and the wire's, which has four decimals whatever the currency. */
public final class WireMoney {

    private static final int WIRE_DECIMALS = 4;

    private WireMoney() {}

    public static Money of(org.joda.money.Money money) {
        return new Money(
                money.getAmount().setScale(WIRE_DECIMALS, RoundingMode.UNNECESSARY),
                money.getCurrencyUnit().getCode());
    }

    /** @throws ArithmeticException if the wire's amount has digits that the currency has not: nothing of ours writes that */
    public static org.joda.money.Money read(Money money) {
        return org.joda.money.Money.of(
                CurrencyUnit.of(money.getCurrency()), money.getAmount(), RoundingMode.UNNECESSARY);
    }
}
