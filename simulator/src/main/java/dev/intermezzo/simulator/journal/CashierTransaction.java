package dev.intermezzo.simulator.journal;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Money as the Cashier knows it: one transaction, what really moved in it, and what we were told. */
public final class CashierTransaction {
    private final String id;
    private final String account;
    private final String provider;
    private final int attempt;
    private final BigDecimal asked;
    private BigDecimal received = BigDecimal.ZERO;
    private String currency;
    private @Nullable Instant paidAt;
    private boolean reversed;
    private boolean named;
    private boolean approvalTold;
    private boolean reversalTold;

    /** @param attempt 0: not opened by a call of ours */
    public CashierTransaction(
            String id, String account, String provider, int attempt, BigDecimal asked, String currency) {
        this.id = id;
        this.account = account;
        this.provider = provider;
        this.attempt = attempt;
        this.asked = asked;
        this.currency = currency;
    }

    public String id() {
        return id;
    }

    public String account() {
        return account;
    }

    public String provider() {
        return provider;
    }

    public int attempt() {
        return attempt;
    }

    public BigDecimal asked() {
        return asked;
    }

    /** The buyer's money arrived. */
    public void pay(BigDecimal amount, String inCurrency, Instant at) {
        received = amount;
        currency = inCurrency;
        paidAt = at;
    }

    public boolean paid() {
        return paidAt != null;
    }

    public @Nullable Instant paidAt() {
        return paidAt;
    }

    public BigDecimal received() {
        return received;
    }

    public String currency() {
        return currency;
    }

    /** Paid, and with exactly the money asked for. */
    public boolean exact(String orderCurrency) {
        return paid() && received.compareTo(asked) == 0 && currency.equals(orderCurrency);
    }

    /** The money went back to the buyer. */
    public void reverse() {
        reversed = true;
    }

    public boolean reversed() {
        return reversed;
    }

    /** An answer or the index can lead webhooks of this transaction to its payment. */
    public void name() {
        named = true;
    }

    public boolean named() {
        return named;
    }

    /** Somebody on our side has durably taken the word that it was approved. */
    public void tellApproval() {
        approvalTold = true;
    }

    public boolean approvalTold() {
        return approvalTold;
    }

    public void tellReversal() {
        reversalTold = true;
    }

    public boolean reversalTold() {
        return reversalTold;
    }
}
