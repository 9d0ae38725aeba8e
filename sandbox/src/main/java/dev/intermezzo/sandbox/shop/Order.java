package dev.intermezzo.sandbox.shop;

import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.NotifyFault;
import java.math.BigDecimal;
import java.time.Instant;

/** One order; notifications change its status, and its owner may change anything. */
final class Order {

    private final String uuid;
    private final String invoice;
    private BigDecimal amount;
    private final String currency;
    private final Buyer buyer;
    private final FaultPlan faults;
    private final Instant created;
    private PaymentStatus status = PaymentStatus.PENDING;
    private int statusChanges;
    private int faultsLeft;

    Order(
            String uuid,
            String invoice,
            BigDecimal amount,
            String currency,
            Buyer buyer,
            FaultPlan faults,
            Instant created) {
        this.uuid = uuid;
        this.invoice = invoice;
        this.amount = amount;
        this.currency = currency;
        this.buyer = buyer;
        this.faults = faults;
        this.created = created;
        this.faultsLeft = faults.notificationTimes();
    }

    /** The misfortune of the next notification; each call uses one up. */
    synchronized NotifyFault nextFault() {
        if (faultsLeft == 0) {
            return NotifyFault.NONE;
        }
        faultsLeft--;
        return faults.notification();
    }

    /** Takes a well-signed notification. */
    synchronized NotifyEffect take(PaymentStatus told, boolean onlyPending) {
        if (onlyPending && status != PaymentStatus.PENDING) {
            return NotifyEffect.REFUSED_NOT_PENDING;
        }
        if (status == told) {
            return NotifyEffect.SAME_AGAIN;
        }
        status = told;
        statusChanges++;
        return NotifyEffect.CHANGED;
    }

    /** The owner sets the status by hand. */
    synchronized void set(PaymentStatus byHand) {
        status = byHand;
    }

    /** The owner changes what the order costs. */
    synchronized void cost(BigDecimal total) {
        amount = total;
    }

    synchronized OrderSnapshot snapshot() {
        return new OrderSnapshot(uuid, invoice, amount, currency, buyer, faults, status, statusChanges, created);
    }
}
