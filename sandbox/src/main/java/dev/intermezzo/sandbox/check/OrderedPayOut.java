package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.Psp;
import java.math.BigDecimal;

/**
 * A pay-out that belongs to no payment, as it was asked for, and what the pipeline says became of it. Two of one run differ in
 * their money or in where it goes, so that the Cashier's journal tells which of them left.
 *
 * @param id as the pipeline calls it
 * @param provider who pays
 * @param email the payee's
 * @param wallet the payee's, as {@code BTC:<address>}; empty: it goes to the person
 * @param amount in major units
 * @param word where it stands by the pipeline's own word
 */
public record OrderedPayOut(
        String id,
        Psp provider,
        String email,
        String wallet,
        BigDecimal amount,
        String currency,
        RefundOutcome.Word word) {

    /** The same with another word. */
    public OrderedPayOut told(RefundOutcome.Word said) {
        return new OrderedPayOut(id, provider, email, wallet, amount, currency, said);
    }
}
