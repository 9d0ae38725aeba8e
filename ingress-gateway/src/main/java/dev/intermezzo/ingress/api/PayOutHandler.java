package dev.intermezzo.ingress.api;

import dev.intermezzo.ingress.api.ApiAnswer.Refused;
import dev.intermezzo.ingress.api.ApiKeys.Caller;
import dev.intermezzo.ingress.api.PaymentLookup.Found;
import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.runtime.merchants.DestinationState;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.ApiRequest;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundAsked;
import dev.intermezzo.schemas.avro.RefundRequested;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for pay-outs that belong to no payment, as {@link RefundHandler} takes those for refunds: kept first, then
 * given as an act to a pay-out of its own, whose id follows from the merchant and the Idempotency-Key. So the same request has
 * the same answer, and two of them at two instances are one pay-out. Requests are remembered for 30 days and pay-outs for
 * ever, so a pay-out is looked for before one is asked for: an answer never names what another pay-out under its key is not.
 *
 * <p>What is refused here is refused to tell early. The executor looks at the merchant's switch, its limits and the destination
 * again when the money is about to move.
 */
final class PayOutHandler {

    private final PaymentLookup payments;
    private final KeptRequests requests;
    private final RefundActs acts;
    private final InstantSource clock;
    private final Duration atMost;

    /** @param atMost how long keeping a request and hearing of its decision may each take */
    PayOutHandler(
            PaymentLookup payments, KeptRequests requests, RefundActs acts, InstantSource clock, Duration atMost) {
        this.payments = payments;
        this.requests = requests;
        this.acts = acts;
        this.clock = clock;
        this.atMost = atMost;
    }

    /** A request that can be read: who asks for what, under which name. */
    private record Wish(Caller caller, PayOutBody body, String id, ByteBuffer content) {

        String payOutId() {
            return RequestHashes.payOutId(caller.merchantId(), id);
        }

        PaymentOwner owner() {
            return new PaymentOwner(
                    payOutId(), caller.merchantId(), caller.merchant().environment());
        }
    }

    ApiAnswer handle(Caller caller, EdgeRequest request) {
        return KeyedRequest.answer(request, (key, bytes) -> switch (PayOutBody.read(bytes)) {
            case PayOutBody.Reading.Unreadable unreadable -> Refused.of(ApiCode.BODY_NOT_VALID, unreadable.detail());
            case PayOutBody.Reading.Read(PayOutBody body) -> readable(caller, body, key);
        });
    }

    private ApiAnswer readable(Caller caller, PayOutBody body, String key) {
        Wish wish = new Wish(
                caller,
                body,
                RequestHashes.id(caller.merchantId(), key),
                RequestHashes.payOut(body.amount(), body.destination(), body.reference()));
        return requests.find(wish.id()).map(kept -> carryOut(kept, wish)).orElseGet(() -> first(wish));
    }

    private ApiAnswer first(Wish wish) {
        Merchant merchant = wish.caller().merchant().body();
        Optional<ApiAnswer> refusal =
                PayOutBounds.ofPayOut(merchant, wish.body().amount());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Instant now = clock.instant();
        Optional<Destination> destination =
                DestinationState.find(merchant, wish.body().destination());
        if (destination.isEmpty()) {
            return Refused.of(ApiCode.DESTINATION_UNKNOWN);
        }
        return switch (DestinationState.of(destination.get(), now)) {
            case WAITS_FOR_SECOND_PERSON ->
                Refused.of(ApiCode.DESTINATION_NOT_READY, "A second person has not approved it yet.");
            case WAITS_FOR_ITS_TIME ->
                Refused.of(
                        ApiCode.DESTINATION_NOT_READY,
                        "It may be paid from " + DestinationState.ready(destination.get()) + " on.");
            case READY -> unlessAnother(wish, request(wish, merchant, destination.get(), now));
        };
    }

    /** Nothing is kept before it is known that no other pay-out stands under this key. */
    private ApiAnswer unlessAnother(Wish wish, ApiRequest request) {
        return switch (payments.find(wish.owner())) {
            case Found.Nothing nothing -> Refused.later(ApiCode.NOT_AVAILABLE);
            case Found.NotAsked notAsked -> Refused.later(ApiCode.NOT_AVAILABLE);
            case Found.Seen(PaymentView view) ->
                ReadHandlers.refund(view, wish.id())
                        .filter(standing -> !wish.body().asksFor(standing))
                        .<ApiAnswer>map(standing -> Refused.standsFor(wish.payOutId()))
                        .orElseGet(() -> keep(wish, request));
        };
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
                ? ApiAnswer.Accepted.of(ApiDocuments.PayOutAccepted.of(kept))
                : Refused.later(ApiCode.NOT_DURABLE);
    }

    /** The two persons who issued the key stand behind what it asks for; the act names both, and the key. */
    private static ApiRequest request(Wish wish, Merchant merchant, Destination destination, Instant now) {
        Caller caller = wish.caller();
        String by = " with API key " + caller.key().getId();
        @Nullable String second = caller.key().getApprovedBy();
        String payOut = wish.payOutId();
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        OperatorAct act = new OperatorAct(
                wish.id(),
                payOut,
                caller.merchantId(),
                caller.merchant().environment(),
                at,
                caller.key().getIssuedBy() + by,
                second == null ? null : second + by,
                new RefundRequested(
                        wish.id(),
                        WireMoney.of(wish.body().amount()),
                        destination.getProvider(),
                        merchant.getAccount(),
                        List.of(),
                        new DestinationRef(destination.getName(), destination.getRevision())));
        return new ApiRequest(
                wish.id(),
                payOut,
                caller.merchantId(),
                caller.merchant().environment(),
                at,
                new RefundAsked(wish.content(), wish.body().reference(), act));
    }
}
