package dev.intermezzo.partners.mozello;

import java.util.Optional;

/**
 * The body of a Store API notification: something about one of the shop's orders or products has changed. Its hash is judged
 * before, over the raw bytes and with the Store API key ({@link WebhookHash}): Mozello escapes slashes and letters in ways
 * that a body which was parsed and written again does not keep.
 *
 * <p>It is sent at least once, and again for two days where it is not answered 2xx. Several of one order may come within a
 * moment; each tells the order as it was at its own.
 *
 * @param event such as {@code PAYMENT_CHANGED}
 * @param order what it says of the order; empty fields where it is about something else
 */
public record StoreNotification(String event, StoreOrder order) {

    /** An order's payment status has changed, by whomever: a gateway's notification fires it too. */
    public static final String PAYMENT_CHANGED = "PAYMENT_CHANGED";

    /** The largest body that is read: an order carries its whole cart. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    /** Longer than any event's name. */
    private static final int LONGEST_EVENT = 64;

    /** Reads a body; empty when it is no JSON object that names an event. Never throws for any bytes. */
    public static Optional<StoreNotification> read(byte[] body) {
        return JsonFields.object(body)
                .flatMap(document -> JsonFields.text(document, "event")
                        .filter(event -> event.length() <= LONGEST_EVENT)
                        .map(event -> new StoreNotification(event, StoreOrder.read(document))));
    }

    /** Whether it tells of a payment, and of whose. */
    public boolean tellsOfAPayment() {
        return event.equals(PAYMENT_CHANGED) && order.orderId().isPresent();
    }
}
