package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.api.ApiKeys.Caller;
import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.payments.EventPublisher;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.views.PaymentViews;
import dev.intermezzo.ingress.views.ViewWaiter;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewRequested;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a merchant's payment. That of another merchant is as unknown as one that does not exist. */
final class PaymentLookup {

    private static final Pattern PAYMENT = Pattern.compile(Ids.NAME + "~[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern FREE_PAY_OUT = Pattern.compile("(" + Ids.NAME + ")~payout~([0-9a-f]{32})");

    private final Shops shops;
    private final PaymentViews views;
    private final EventPublisher events;
    private final Duration wait;

    /** @param wait how long the orchestrator may take to show a payment that this instance has not heard of */
    PaymentLookup(Shops shops, PaymentViews views, EventPublisher events, Duration wait) {
        this.shops = shops;
        this.views = views;
        this.events = events;
        this.wait = wait;
    }

    /** What was found. */
    sealed interface Found {
        record Seen(PaymentView view) implements Found {}

        /**
         * Nothing of this merchant has that id, as far as the orchestrator said anything in time. Of a pay-out that belongs to
         * no payment it does say so, with a view that has no money.
         */
        record Nothing() implements Found {}

        /** Kafka did not even take the question. */
        record NotAsked() implements Found {}
    }

    /** Whose payment this id would be; empty when it is no id of a payment of this merchant. */
    Optional<PaymentOwner> owner(String merchantId, String paymentId) {
        if (!PAYMENT.matcher(paymentId).matches()) {
            return Optional.empty();
        }
        return shops.shopOfPayment(paymentId)
                .filter(shop -> shop.merchantRecord().getId().equals(merchantId))
                .map(shop -> shop.owner(paymentId));
    }

    /** A pay-out that belongs to no payment, with the id of the request that asked for it. */
    record FreePayOut(PaymentOwner owner, String requestId) {}

    /** Empty when it is no id of such a pay-out of the caller's merchant. */
    static Optional<FreePayOut> freePayOut(Caller caller, String id) {
        Matcher parts = FREE_PAY_OUT.matcher(id);
        return parts.matches() && parts.group(1).equals(caller.merchantId())
                ? Optional.of(new FreePayOut(
                        new PaymentOwner(
                                id, caller.merchantId(), caller.merchant().environment()),
                        RequestHashes.requestId(parts.group(2))))
                : Optional.empty();
    }

    Found find(PaymentOwner owner) {
        Optional<PaymentView> known = views.latest(owner.paymentId());
        if (known.isPresent()) {
            return found(known.get(), owner);
        }
        Deadline deadline = Deadline.in(wait);
        try (ViewWaiter waiter = views.waitFor(owner.paymentId(), any -> true)) {
            if (!deadline.await(events.publish(events.newId(), owner, new ViewRequested()))) {
                return new Found.NotAsked();
            }
            return waiter.await(deadline.left())
                    .or(() -> views.latest(owner.paymentId()))
                    .map(view -> found(view, owner))
                    .orElseGet(Found.Nothing::new);
        }
    }

    /** An integration may have belonged to another merchant when the payment was made. */
    private static Found found(PaymentView view, PaymentOwner owner) {
        return view.getMerchantId().equals(owner.merchantId()) ? new Found.Seen(view) : new Found.Nothing();
    }
}
