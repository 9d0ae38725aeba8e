package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts and numbers from a partner, bounded before anybody works with them. */
final class PartnerText {

    /** Longer than any id the documents show (24 and 36 characters). */
    static final int LONGEST_ID = 128;

    /** The same grammar as {@link dev.intermezzo.partners.money.Amounts}, for amounts whose currency is not at hand. */
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?");

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1," + LONGEST_ID + "}");

    private static final int LONGEST_NUMBER = 100;

    private PartnerText() {}

    /** An id: printable ASCII without blanks; a whole number is taken by its digits. */
    static Optional<String> id(JsonNode value) {
        if (!value.isTextual() && !value.isIntegralNumber()) {
            return Optional.empty();
        }
        String text = value.asText();
        return ID.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** The first characters of a text, without control characters. */
    static String shortened(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && clean.length() < most; i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return clean.toString();
    }

    /** An amount of money, zero included: a text of the grammar, or a number of at most 12 digits and 4 decimals. */
    static Optional<BigDecimal> amount(JsonNode value) {
        if (value.isTextual()) {
            String text = value.textValue();
            return text.length() <= 17 && AMOUNT.matcher(text).matches()
                    ? Optional.of(new BigDecimal(text))
                    : Optional.empty();
        }
        return value.isNumber() ? bounded(value.decimalValue()) : Optional.empty();
    }

    /** How an amount is kept beside its reading: as received, shortened. */
    static String amountText(JsonNode value) {
        return shortened(value.isTextual() ? value.textValue() : value.toString(), LONGEST_NUMBER);
    }

    private static Optional<BigDecimal> bounded(BigDecimal number) {
        // The exponent is looked at first: writing out 1e999999999 would take the whole memory.
        long integerDigits = (long) number.precision() - number.scale();
        if (number.signum() < 0 || integerDigits > 12 || Math.abs((long) number.scale()) > LONGEST_NUMBER) {
            return Optional.empty();
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() > 4) {
            return Optional.empty();
        }
        return Optional.of(number.scale() < 0 ? number.setScale(0) : number);
    }
}
