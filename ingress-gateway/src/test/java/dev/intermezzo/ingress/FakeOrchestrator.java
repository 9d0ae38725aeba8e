package dev.intermezzo.ingress;

import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.ViewRequested;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers events with views, as far as the edge can tell the difference. An order without missing details gets a provider
 * page; one with some waits for its buyer. A test may take an order into its own hands with {@link #script}.
 */
final class FakeOrchestrator {

    static final String PROVIDER = "https://provider.example/pay/";

    private final TypedProducer<PaymentView> views;
    private final RedirectSealer redirects;
    private final Map<String, PaymentView> latest = new ConcurrentHashMap<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Set<String> ignored = ConcurrentHashMap.newKeySet();

    /** What an order's events are answered with. */
    @FunctionalInterface
    interface Script {
        List<PaymentView> views(PaymentEvent event, @Nullable PaymentView before);
    }

    FakeOrchestrator(TypedProducer<PaymentView> views, SealingKeys keys) {
        this.views = views;
        this.redirects = new RedirectSealer(keys);
    }

    void script(String paymentId, Script script) {
        scripts.put(paymentId, script);
    }

    /** Leaves every event of a merchant without an answer, as one that is away does. */
    void ignore(String merchantId) {
        ignored.add(merchantId);
    }

    /** Publishes a view out of the blue, as after a webhook. */
    void show(PaymentView view) {
        latest.put(view.getPaymentId(), view);
        views.send(Topics.PAYMENT_VIEWS, view.getPaymentId(), view).join();
    }

    /** Publishes the view after the latest one, changed so. */
    void change(String paymentId, UnaryOperator<PaymentView.Builder> change) {
        show(change.apply(next(latest(paymentId))).build());
    }

    PaymentView latest(String paymentId) {
        PaymentView view = latest.get(paymentId);
        if (view == null) {
            throw new AssertionError("no view of " + paymentId + " yet");
        }
        return view;
    }

    /** The next view after one, to be changed and built. */
    PaymentView.Builder next(PaymentView view) {
        return PaymentView.newBuilder(view).setSequence(view.getSequence() + 1).setAnswers("");
    }

    void take(PaymentEvent event) {
        if (ignored.contains(event.getMerchantId())) {
            return;
        }
        PaymentView before = latest.get(event.getPaymentId());
        Script script = scripts.getOrDefault(event.getPaymentId(), this::usual);
        script.views(event, before).forEach(this::show);
    }

    /** What happens when nothing special happens. */
    List<PaymentView> usual(PaymentEvent event, @Nullable PaymentView before) {
        if (event.getBody() instanceof CheckoutReceived checkout) {
            return before == null ? opened(event, checkout) : List.of(answering(before, event));
        }
        if (before == null) {
            return event.getBody() instanceof ViewRequested ? noPayOut(event) : List.of();
        }
        if (event.getBody() instanceof ViewRequested) {
            return List.of(answering(before, event));
        }
        if (event.getBody() instanceof BuyerGaveUp) {
            return List.of(next(before)
                    .setAnswers(event.getId())
                    .setState(ViewState.NOT_PAID)
                    .setMayAskAgain(false)
                    .setClosedForBuyer(true)
                    .build());
        }
        return atProvider(event, before, before.getAttempts().size() + 1, false);
    }

    /** That there is none is said of pay-outs that belong to no payment, and of nothing else. */
    private static List<PaymentView> noPayOut(PaymentEvent event) {
        if (Ids.merchantOfFreePayOut(event.getPaymentId()).isEmpty()) {
            return List.of();
        }
        return List.of(payOut(event.getPaymentId(), event.getMerchantId(), event.getOccurredAt())
                .setSequence(0)
                .setAnswers(event.getId())
                .build());
    }

    /** The first view of a pay-out that belongs to no payment, without its money. */
    static PaymentView.Builder payOut(String id, String merchant, Instant at) {
        return PaymentView.newBuilder()
                .setPaymentId(id)
                .setMerchantId(merchant)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(at)
                .setSequence(1)
                .setAnswers("")
                .setAnswerCode("")
                .setState(ViewState.OTHER)
                .setInvoiceId("")
                .setAmount(new Money(WireMoney.amount(BigDecimal.ZERO), "XXX"))
                .setShopName("")
                .setLanguageCode("")
                .setSuccessUrl("")
                .setFailureUrl("")
                .setIntegrationId("")
                .setTestShop(false)
                .setAttempts(List.of())
                .setMethods(List.of())
                .setMissingFields(List.of())
                .setMayAskAgain(false)
                .setOlderMayStillBePaid(false)
                .setClosedForBuyer(true)
                .setOrderTimeEnds(at);
    }

    private List<PaymentView> opened(PaymentEvent event, CheckoutReceived checkout) {
        PaymentView first = born(event, checkout).build();
        if (!checkout.getHolds().isEmpty()) {
            return List.of(PaymentView.newBuilder(first)
                    .setState(ViewState.UNDER_REVIEW)
                    .build());
        }
        List<PlannedRoute> eligible = checkout.getPlan().getRoutes().stream()
                .filter(PlannedRoute::getEligible)
                .toList();
        if (eligible.isEmpty()) {
            return List.of(
                    PaymentView.newBuilder(first).setState(ViewState.NOT_PAID).build());
        }
        return eligible.getFirst().getMissingFields().isEmpty()
                ? atProvider(event, first, 1, false)
                : List.of(PaymentView.newBuilder(first)
                        .setMissingFields(eligible.getFirst().getMissingFields())
                        .build());
    }

    /** The view of an order that has just come. */
    PaymentView.Builder born(PaymentEvent event, CheckoutReceived checkout) {
        return PaymentView.newBuilder()
                .setPaymentId(event.getPaymentId())
                .setMerchantId(event.getMerchantId())
                .setEnvironment(event.getEnvironment())
                .setOccurredAt(event.getOccurredAt())
                .setSequence(1)
                .setAnswers(event.getId())
                .setAnswerCode("")
                .setState(ViewState.AWAITING_BUYER)
                .setInvoiceId(checkout.getInvoiceId())
                .setAmount(checkout.getAmount())
                .setShopName(checkout.getShopName())
                .setLanguageCode(checkout.getLanguageCode())
                .setSuccessUrl(checkout.getSuccessUrl())
                .setFailureUrl(checkout.getFailureUrl())
                .setIntegrationId(checkout.getIntegrationId())
                .setTestShop(checkout.getPlan().getTestShop())
                .setAttempts(List.of())
                .setMethods(checkout.getPlan().getRoutes().stream()
                        .filter(PlannedRoute::getEligible)
                        .map(PlannedRoute::getProvider)
                        .toList())
                .setMissingFields(List.of())
                .setMayAskAgain(false)
                .setOlderMayStillBePaid(false)
                .setClosedForBuyer(false)
                .setOrderTimeEnds(event.getOccurredAt().plus(1, ChronoUnit.DAYS));
    }

    /** First the attempt is being opened, then its page is there: two views, as the real one gives. */
    List<PaymentView> atProvider(PaymentEvent event, PaymentView before, int attempt, boolean singleUse) {
        List<ViewedAttempt> earlier = new ArrayList<>(before.getAttempts());
        List<ViewedAttempt> opening = new ArrayList<>(earlier);
        opening.add(new ViewedAttempt(attempt, "PAYONE", AttemptStatus.OPENING, null, singleUse, null));
        List<ViewedAttempt> opened = new ArrayList<>(earlier);
        opened.add(new ViewedAttempt(
                attempt,
                "PAYONE",
                AttemptStatus.AT_PROVIDER,
                redirects.seal(event.getPaymentId(), attempt, page(event.getPaymentId(), attempt)),
                singleUse,
                null));
        PaymentView first = next(before)
                .setAnswers(event.getId())
                .setState(ViewState.IN_PROGRESS)
                .setMissingFields(List.of())
                .setMayAskAgain(false)
                .setAttempts(opening)
                .build();
        PaymentView second = next(first)
                .setAnswers("result of " + attempt)
                .setAttempts(opened)
                .setMayAskAgain(true)
                .setOlderMayStillBePaid(true)
                .build();
        return List.of(first, second);
    }

    /** A view whose provider page was sealed for another payment: someone mixed records up. */
    PaymentView withForeignPage(PaymentView view) {
        ViewedAttempt last = view.getAttempts().getLast();
        return next(view)
                .setAttempts(List.of(new ViewedAttempt(
                        last.getNumber(),
                        last.getProvider(),
                        AttemptStatus.AT_PROVIDER,
                        redirects.seal("demo-shop~somebody-else", last.getNumber(), URI.create(PROVIDER + "other")),
                        false,
                        null)))
                .build();
    }

    static URI page(String paymentId, int attempt) {
        return URI.create(PROVIDER + paymentId.substring(paymentId.indexOf('~') + 1) + '-' + attempt);
    }

    private static PaymentView answering(PaymentView view, PaymentEvent event) {
        return PaymentView.newBuilder(view)
                .setAnswers(event.getId())
                .setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .build();
    }
}
