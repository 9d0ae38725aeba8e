package dev.intermezzo.simulator.journal;

import dev.intermezzo.schemas.avro.OperatorAct;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that truly happened around one order, or around one pay-out that belongs to none. */
public final class OrderJournal {

    /** The order's payment status in the shop. */
    public enum ShopStatus {
        PENDING,
        PAID,
        FAILED,
        /** The owner did something of his own. */
        CANCELLED
    }

    /** One line of the order's story. */
    public record Line(Instant at, String who, String what) {}

    private final int number;
    private final String payment;
    private final BigDecimal amount;
    private final String currency;
    private final boolean testShop;
    private final boolean payOut;
    private final List<Accepted> accepted = new ArrayList<>();
    private final List<CashierTransaction> transactions = new ArrayList<>();
    private final List<MoneyCall> moneyCalls = new ArrayList<>();
    private final List<ShopPost> posts = new ArrayList<>();
    private final List<OperatorAct> acts = new ArrayList<>();
    private final List<Line> story = new ArrayList<>();
    private ShopStatus shopStatus = ShopStatus.PENDING;
    private boolean touchedByOwner;
    private int names;

    public OrderJournal(int number, String payment, BigDecimal amount, String currency, boolean testShop) {
        this(number, payment, amount, currency, testShop, false);
    }

    private OrderJournal(
            int number, String payment, BigDecimal amount, String currency, boolean testShop, boolean payOut) {
        this.number = number;
        this.payment = payment;
        this.amount = amount;
        this.currency = currency;
        this.testShop = testShop;
        this.payOut = payOut;
    }

    /**
     * Of a pay-out that belongs to no payment: nobody buys, and no shop is told.
     *
     * @param number no order's
     * @param id stands where a payment's does
     */
    public static OrderJournal ofPayOut(int number, String id, BigDecimal amount, String currency) {
        return new OrderJournal(number, id, amount, currency, false, true);
    }

    public int number() {
        return number;
    }

    public String payment() {
        return payment;
    }

    public BigDecimal amount() {
        return amount;
    }

    public String currency() {
        return currency;
    }

    public boolean testShop() {
        return testShop;
    }

    /** A pay-out that belongs to no payment. */
    public boolean payOut() {
        return payOut;
    }

    public List<Accepted> accepted() {
        return accepted;
    }

    public List<CashierTransaction> transactions() {
        return transactions;
    }

    public List<MoneyCall> moneyCalls() {
        return moneyCalls;
    }

    public List<ShopPost> posts() {
        return posts;
    }

    /** What operators decided and was accepted. */
    public List<OperatorAct> acts() {
        return acts;
    }

    public ShopStatus shopStatus() {
        return shopStatus;
    }

    public void shopStatus(ShopStatus next) {
        shopStatus = next;
    }

    /** The shop's owner sets a status by hand. */
    public void ownerSets(ShopStatus next) {
        shopStatus = next;
        touchedByOwner = true;
    }

    public boolean touchedByOwner() {
        return touchedByOwner;
    }

    /** A number for a name, used once. */
    public int nextName() {
        return ++names;
    }

    public void tell(Instant at, String who, String what) {
        story.add(new Line(at, who, what));
    }

    public List<Line> story() {
        return story;
    }
}
