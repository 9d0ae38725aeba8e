package dev.intermezzo.orchestrator.payment;

import java.math.BigDecimal;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Whether reported money is the money asked for (payments, "Money").
 *
 * @param reason MONEY_MATCHES, or why it does not
 * @param received what was reported; null where it cannot be read as money
 */
record MoneyMatch(Reason reason, @Nullable Money received) {

    boolean matches() {
        return reason == Reason.MONEY_MATCHES;
    }

    static MoneyMatch of(
            Money asked, @Nullable BigDecimal amount, @Nullable String currency, boolean currencyMayBeAbsent) {
        if (amount == null) {
            return new MoneyMatch(Reason.MONEY_AMOUNT_ABSENT, null);
        }
        if (currency == null && !currencyMayBeAbsent) {
            return new MoneyMatch(Reason.MONEY_CURRENCY_ABSENT, null);
        }
        Money received =
                readable(amount, currency == null ? asked.getCurrencyUnit().getCode() : currency);
        if (currency != null && !currency.equals(asked.getCurrencyUnit().getCode())) {
            return new MoneyMatch(Reason.MONEY_OTHER_CURRENCY, received);
        }
        return switch (Integer.signum(amount.compareTo(asked.getAmount()))) {
            case 0 -> new MoneyMatch(Reason.MONEY_MATCHES, asked);
            case -1 -> new MoneyMatch(Reason.MONEY_LESS, received);
            default -> new MoneyMatch(Reason.MONEY_MORE, received);
        };
    }

    private static @Nullable Money readable(BigDecimal amount, String currency) {
        try {
            CurrencyUnit unit = CurrencyUnit.of(currency);
            return amount.stripTrailingZeros().scale() <= unit.getDecimalPlaces()
                    ? Money.of(unit, amount.setScale(unit.getDecimalPlaces()))
                    : null;
        } catch (IllegalCurrencyException notMoney) {
            return null;
        }
    }
}
