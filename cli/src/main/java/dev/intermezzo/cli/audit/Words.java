package dev.intermezzo.cli.audit;

import java.math.BigDecimal;
import java.util.Locale;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Small texts for people: of a story, of a list, of a case. */
public final class Words {
    private static final int LONGEST = 120;

    private Words() {}

    public static String money(Money money) {
        return money.getAmount().toPlainString() + " " + money.getCurrencyUnit().getCode();
    }

    /** An amount from the wire, where either part may be missing. */
    static String money(@Nullable BigDecimal amount, @Nullable String currency) {
        String number = amount == null
                ? "no amount"
                : amount.setScale(Math.max(2, amount.stripTrailingZeros().scale()))
                        .toPlainString();
        return number + (currency == null ? " (no currency named)" : " " + plain(currency));
    }

    /** A constant's name as a word: {@code NOT_PAID} is {@code not-paid}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A text from outside: it may hold what a terminal would obey. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            int type = Character.getType(c);
            boolean unsafe = Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            plain.appendCodePoint(unsafe ? '?' : c);
        });
        return text.codePointCount(0, text.length()) > LONGEST ? plain + "…" : plain.toString();
    }
}
