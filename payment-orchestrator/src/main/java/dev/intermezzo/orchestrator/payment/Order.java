package dev.intermezzo.orchestrator.payment;

import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * What the first verified checkout form said. A repeated one changes only the key that verified it and the order's time.
 *
 * @param holds reasons that hold the payment; empty once it may go on
 * @param openedAt when the current time to pay began
 * @param timeEnds until when the order may be paid
 */
public record Order(
        String orderUuid,
        String invoiceId,
        Money amount,
        String integrationId,
        String mozelloKeyId,
        String languageCode,
        String shopName,
        String successUrl,
        String failureUrl,
        String notifyUrl,
        Bytes contentDigest,
        List<HoldReason> holds,
        Instant openedAt,
        Instant timeEnds) {

    public Order {
        holds = List.copyOf(holds);
    }

    static Order of(Fact.CheckoutReceived form, Instant at) {
        return new Order(
                form.orderUuid(),
                form.invoiceId(),
                form.amount(),
                form.integrationId(),
                form.mozelloKeyId(),
                form.languageCode(),
                form.shopName(),
                form.successUrl(),
                form.failureUrl(),
                form.notifyUrl(),
                form.contentDigest(),
                form.holds(),
                at,
                at.plus(form.plan().orderTime()));
    }

    Order verifiedBy(String keyId) {
        return copy(keyId, holds, openedAt, timeEnds);
    }

    Order holding(List<HoldReason> reasons) {
        return copy(mozelloKeyId, reasons, openedAt, timeEnds);
    }

    Order payableFrom(Instant from, Instant until) {
        return copy(mozelloKeyId, holds, from, until);
    }

    private Order copy(String keyId, List<HoldReason> reasons, Instant from, Instant until) {
        return new Order(
                orderUuid,
                invoiceId,
                amount,
                integrationId,
                keyId,
                languageCode,
                shopName,
                successUrl,
                failureUrl,
                notifyUrl,
                contentDigest,
                reasons,
                from,
                until);
    }
}
