package dev.intermezzo.cli.refunds;

import dev.intermezzo.orchestrator.payment.Reason;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundRecorded;
import dev.intermezzo.schemas.avro.RefundRequested;
import java.util.Optional;

/**
 * What an act about a refund wants.
 *
 * @param id unique within the payment: one that comes twice is one refund
 * @param recorded it was made at the provider and is only to be counted; else the Cashier is to pay it out
 */
record RefundWish(String id, Money amount, boolean recorded) {

    /** Empty for an act about something else. */
    static Optional<RefundWish> of(OperatorAct act) {
        return switch (act.getBody()) {
            case RefundRequested wish -> Optional.of(new RefundWish(wish.getRefundId(), wish.getAmount(), false));
            case RefundRecorded made -> Optional.of(new RefundWish(made.getRefundId(), made.getAmount(), true));
            default -> Optional.empty();
        };
    }

    /** @throws IllegalArgumentException when the act is about something else */
    static RefundWish in(OperatorAct act) {
        return of(act).orElseThrow(() -> new IllegalArgumentException("act " + act.getId() + " is about no refund"));
    }

    /** What the state machine says of it once it takes effect. */
    String accepted() {
        return (recorded ? Reason.REFUND_RECORDED : Reason.REFUND_REQUESTED).code();
    }

    boolean sameMoney(Money other) {
        return amount.getCurrency().equals(other.getCurrency())
                && amount.getAmount().compareTo(other.getAmount()) == 0;
    }
}
