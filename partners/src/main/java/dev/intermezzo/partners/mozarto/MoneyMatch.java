package dev.intermezzo.partners.mozarto;

import java.math.BigDecimal;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Whether the money a webhook names is the money that was asked; anything but {@link Matches} is for an operator. */
public sealed interface MoneyMatch {

    /** Equal amount, and equal currency or one that may be absent. */
    record Matches() implements MoneyMatch {}

    /** The webhook leaves out what it must say. */
    record Missing(What what) implements MoneyMatch {}

    /** The webhook names an amount nobody can read. */
    record UnreadableAmount() implements MoneyMatch {}

    /** The webhook names other money. */
    record Differs(How how) implements MoneyMatch {}

    /** The webhook is of the 2025 shape, which is recorded and proves nothing. */
    record NotEvidence() implements MoneyMatch {}

    /** What is left out. */
    enum What {
        AMOUNT,
        CURRENCY
    }

    /** How it differs; amounts are compared by value, and only within one currency. */
    enum How {
        LESS,
        MORE,
        CURRENCY
    }

    /** Compares a webhook with what the operation's attempt asked. */
    static MoneyMatch of(Money asked, ProviderOperation operation, CashierWebhook webhook) {
        if (webhook.shape() == CashierWebhook.Shape.Y2025) {
            return new NotEvidence();
        }
        if (webhook.amount() == null && webhook.amountText() != null) {
            return new UnreadableAmount();
        }
        boolean mayOmit = operation.webhookMayOmit(asked.getCurrencyUnit().getCode());
        return of(asked, mayOmit, webhook.amount(), webhook.currency());
    }

    /**
     * Compares money in parts, for callers that hold a frozen plan instead of the catalogue.
     *
     * @param currencyMayBeAbsent {@link ProviderOperation#webhookMayOmit} of the asked currency
     * @param amount the amount received, or {@code null}
     * @param currency the currency received in upper case, or {@code null}
     */
    static MoneyMatch of(
            Money asked, boolean currencyMayBeAbsent, @Nullable BigDecimal amount, @Nullable String currency) {
        if (amount == null) {
            return new Missing(What.AMOUNT);
        }
        if (currency == null && !currencyMayBeAbsent) {
            return new Missing(What.CURRENCY);
        }
        if (currency != null && !currency.equals(asked.getCurrencyUnit().getCode())) {
            return new Differs(How.CURRENCY);
        }
        int difference = amount.compareTo(asked.getAmount());
        if (difference == 0) {
            return new Matches();
        }
        return new Differs(difference < 0 ? How.LESS : How.MORE);
    }
}
