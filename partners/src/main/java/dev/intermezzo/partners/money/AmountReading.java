package dev.intermezzo.partners.money;

import org.joda.money.Money;

/** What {@link Amounts#parse} made of a text: money, or the reason why it is none. */
public sealed interface AmountReading {

    /** The text is an amount above zero; {@code money} has exactly the currency's digits. */
    record Valid(Money money) implements AmountReading {}

    /**
     * The text is no amount we take.
     *
     * @param code one of the stable codes {@code currency-unknown}, {@code amount-malformed}, {@code amount-digits},
     *     {@code amount-zero}
     * @param sentence what is wrong, for a person; it never repeats the text it judges
     */
    record Refused(String code, String sentence) implements AmountReading {}
}
