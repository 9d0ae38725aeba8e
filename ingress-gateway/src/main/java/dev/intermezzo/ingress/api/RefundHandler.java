package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.api.ApiAnswer.Refused;
import dev.intermezzo.ingress.api.ApiKeys.Caller;
import dev.intermezzo.ingress.api.PaymentLookup.Found;
import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.ApiRequest;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundAsked;
import dev.intermezzo.schemas.avro.RefundRequested;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedMoney;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for refunds. First the request is kept under its Idempotency-Key, then its act goes to the payment, and the
 * answer says no more than that: what the payment decides stands in the pay-out that the answer names. So the same request
 * has the same answer, whatever happened since, and nothing is called a success before it is one.
 *
 * <p>What is refused here is refused to tell early: the payment decides about sums and repeats, the executor about the
 * merchant's switch and limits, whoever asks.
 */
final class RefundHandler {

    private final ProviderCatalogue providers;
    private final PaymentLookup payments;
    private final KeptRequests requests;
    private final RefundActs acts;
    private final InstantSource clock;
    private final Duration atMost;

    /** @param atMost how long keeping a request and hearing of its decision may each take */
    RefundHandler(
            ProviderCatalogue providers,
            PaymentLookup payments,
            KeptRequests requests,
            RefundActs acts,
            InstantSource clock,
            Duration atMost) {
        this.providers = providers;
        this.payments = payments;
        this.requests = requests;
        this.acts = acts;
        this.clock = clock;
        this.atMost = atMost;
    }

    /** A request that can be read: who asks for what, under which name. */
    private record Wish(Caller caller, PaymentOwner owner, RefundBody body, String id, ByteBuffer content) {}

    ApiAnswer handle(Caller caller, EdgeRequest request) {
        return KeyedRequest.answer(request, (key, bytes) -> switch (RefundBody.read(bytes)) {
            case RefundBody.Reading.Unreadable unreadable -> Refused.of(ApiCode.BODY_NOT_VALID, unreadable.detail());
            case RefundBody.Reading.Read read -> readable(caller, request.path("id"), read.body(), key);
        });
    }

    private ApiAnswer readable(Caller caller, String paymentId, RefundBody body, String key) {
        Optional<PaymentOwner> owner = payments.owner(caller.merchantId(), paymentId);
        if (owner.isEmpty()) {
            return Refused.of(ApiCode.PAYMENT_NOT_FOUND);
        }
        Wish wish = new Wish(
                caller,
                owner.get(),
                body,
                RequestHashes.id(caller.merchantId(), key),
                RequestHashes.content(paymentId, body.amount(), body.reason()));
        return requests.find(wish.id()).map(kept -> carryOut(kept, wish)).orElseGet(() -> first(wish));
    }

    private ApiAnswer first(Wish wish) {
        Merchant merchant = wish.caller().merchant().body();
        Optional<ApiAnswer> refusal =
                PayOutBounds.ofRefund(merchant, wish.body().amount());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (payments.find(wish.owner())) {
            case Found.Nothing nothing -> Refused.of(ApiCode.PAYMENT_NOT_FOUND);
            case Found.NotAsked notAsked -> Refused.later(ApiCode.NOT_AVAILABLE);
            case Found.Seen seen ->
                unpaid(seen.view(), wish.body())
                        .or(() -> notAvailable(seen.view().getMoney()))
                        .or(() -> another(seen.view(), wish))
                        .orElseGet(() -> keep(wish, request(wish, seen.view().getMoney())));
        };
    }

    /** The refund of a request that was forgotten after its 30 days stands for ever. */
    private static Optional<ApiAnswer> another(PaymentView view, Wish wish) {
        return ReadHandlers.refund(view, wish.id())
                .filter(standing -> !wish.body().asksFor(standing))
                .map(standing -> Refused.standsFor(Ids.payOut(view.getPaymentId(), wish.id())));
    }

    /** Without an approved attempt there is no way back that the money could take. */
    private static Optional<ApiAnswer> unpaid(PaymentView view, RefundBody body) {
        @Nullable ViewedMoney money = view.getMoney();
        if (money == null && view.getState() == ViewState.APPROVED) {
            // A stub names no integration; any other view of approved money without it is an older build's.
            return Optional.of(
                    view.getIntegrationId().isEmpty()
                            ? Refused.of(ApiCode.PAYMENT_CLOSED)
                            : Refused.later(ApiCode.NOT_AVAILABLE));
        }
        if (money == null || money.getProvider().isEmpty()) {
            return Optional.of(Refused.of(ApiCode.PAYMENT_NOT_APPROVED));
        }
        boolean same = view.getAmount()
                .getCurrency()
                .equals(body.amount().getCurrencyUnit().getCode());
        return same ? Optional.empty() : Optional.of(Refused.of(ApiCode.CURRENCY_DIFFERS));
    }

    /** The catalogue knows whether the provider by which the money came can give it back. */
    private Optional<ApiAnswer> notAvailable(@Nullable ViewedMoney way) {
        boolean available =
                way != null && providers.refund(new PspType(way.getProvider())).isPresent();
        return available ? Optional.empty() : Optional.of(Refused.of(ApiCode.REFUND_NOT_AVAILABLE));
    }

    private ApiAnswer keep(Wish wish, ApiRequest request) {
        if (requests.full()) {
            return Refused.later(ApiCode.TOO_MANY_KEPT);
        }
        return requests.keep(request, Deadline.in(atMost))
                .map(kept -> carryOut(kept, wish))
                .orElseGet(() -> Refused.later(ApiCode.NOT_DURABLE));
    }

    /** The request that counts under this key, which may be another than the one that came. */
    private ApiAnswer carryOut(KeptRequest kept, Wish wish) {
        if (!kept.asks(wish.content())) {
            return Refused.of(ApiCode.IDEMPOTENCY_KEY_REUSED);
        }
        return acts.carryOut(kept, Deadline.in(atMost))
                ? ApiAnswer.Accepted.of(ApiDocuments.RefundAccepted.of(kept))
                : Refused.later(ApiCode.NOT_DURABLE);
    }

    /** The two persons who issued the key stand behind what it asks for; the act names both, and the key. */
    private ApiRequest request(Wish wish, @Nullable ViewedMoney way) {
        if (way == null) {
            throw new IllegalStateException("a payment without money was told apart before");
        }
        Caller caller = wish.caller();
        String by = " with API key " + caller.key().getId();
        @Nullable String second = caller.key().getApprovedBy();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        OperatorAct act = new OperatorAct(
                wish.id(),
                wish.owner().paymentId(),
                wish.owner().merchantId(),
                wish.owner().environment(),
                now,
                caller.key().getIssuedBy() + by,
                second == null ? null : second + by,
                new RefundRequested(
                        wish.id(),
                        WireMoney.of(wish.body().amount()),
                        way.getProvider(),
                        way.getAccount(),
                        way.getSettings(),
                        null));
        return new ApiRequest(
                wish.id(),
                wish.owner().paymentId(),
                wish.owner().merchantId(),
                wish.owner().environment(),
                now,
                new RefundAsked(wish.content(), wish.body().reason(), act));
    }
}
