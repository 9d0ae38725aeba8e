package dev.intermezzo.partners.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;

/**
 * Reads and writes amounts of money as plain decimal text.
 *
 * <p>The grammar is {@code (0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?}, above zero: no sign, no exponent, no grouping, no leading
 * zeros, at most twelve digits before the dot. Zeros beyond the currency's own digits are accepted ({@code 1000.00} JPY),
 * any other digit there is refused, because rounding would change what the shopper owes.
 *
 * <p>The result is a {@link Money}, which always holds the currency's digits; {@link Money#equals} therefore compares by
 * value, and amounts of different currencies are never equal. The digits come from Joda-Money's ISO 4217 table, which a
 * file {@code META-INF/org/joda/money/CurrencyDataExtension.csv} on the class path overrides.
 */
public final class Amounts {

    private static final Pattern GRAMMAR = Pattern.compile("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?");

    /** The longest text the grammar can match; longer ones are refused before any work is done on them. */
    private static final int LONGEST = 17;

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private Amounts() {}

    /**
     * Reads an amount.
     *
     * @param text the amount as received, not trimmed
     * @param currency its ISO 4217 code in upper case
     */
    public static AmountReading parse(String text, String currency) {
        Optional<CurrencyUnit> unit = currency(currency);
        if (unit.isEmpty()) {
            return new AmountReading.Refused(
                    "currency-unknown", "The currency is not an ISO 4217 code of money in use.");
        }
        if (text.length() > LONGEST || !GRAMMAR.matcher(text).matches()) {
            return new AmountReading.Refused(
                    "amount-malformed", "The amount must be plain digits with at most four decimals after a dot.");
        }
        BigDecimal value = new BigDecimal(text);
        if (value.signum() == 0) {
            return new AmountReading.Refused("amount-zero", "The amount must be above zero.");
        }
        int digits = unit.get().getDecimalPlaces();
        if (value.stripTrailingZeros().scale() > digits) {
            return new AmountReading.Refused(
                    "amount-digits", "The amount has more decimals than its currency's " + digits + ".");
        }
        return new AmountReading.Valid(Money.of(unit.get(), value.setScale(digits, RoundingMode.UNNECESSARY)));
    }

    /** The currency of an ISO 4217 code in upper case; empty for unknown codes and for codes that are not money (XXX, XAU). */
    public static Optional<CurrencyUnit> currency(String code) {
        if (!CURRENCY.matcher(code).matches()) {
            return Optional.empty();
        }
        try {
            CurrencyUnit unit = CurrencyUnit.of(code);
            return unit.isPseudoCurrency() ? Optional.empty() : Optional.of(unit);
        } catch (IllegalCurrencyException unknown) {
            return Optional.empty();
        }
    }

    /** The amount as a plain literal with the currency's digits, such as {@code 100.00} or {@code 1000} (JPY). */
    public static String literal(Money money) {
        return money.getAmount().toPlainString();
    }

    /**
     * The amount as a plain literal with exactly {@code digits} decimals, for a provider that demands a number of its own.
     *
     * @throws ArithmeticException if that would drop a digit that is not zero
     */
    public static String literal(Money money, int digits) {
        return money.getAmount().setScale(digits, RoundingMode.UNNECESSARY).toPlainString();
    }
}
