package dev.intermezzo.ingress.pay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.PageState;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.views.PaymentViews;
import dev.intermezzo.ingress.views.ViewRequests;
import dev.intermezzo.ingress.views.ViewWaiter;
import dev.intermezzo.schemas.avro.PaymentView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code GET /pay/{token}/state?after={sequence}}: the payment's state once it is newer than {@code after}, or as it is
 * when the time is over. {@code {"state": …, "sequence": n, "redirect": address or null}}; the address is where the buyer
 * goes next, and is told only to the browser that began the checkout.
 */
public final class StatePoll implements EdgeHandler {

    private static final ObjectMapper JSON = new JsonMapper();

    private final Visits visits;
    private final PaymentViews views;
    private final ViewRequests requests;
    private final PageComposer composer;
    private final BuyerCookies cookies;
    private final Duration longest;
    private final Set<ViewWaiter> kept = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * @param longest how long an answer is kept back
     */
    public StatePoll(
            Visits visits,
            PaymentViews views,
            ViewRequests requests,
            PageComposer composer,
            BuyerCookies cookies,
            Duration longest) {
        this.visits = visits;
        this.views = views;
        this.requests = requests;
        this.composer = composer;
        this.cookies = cookies;
        this.longest = longest;
    }

    /** From now on nothing is kept back: the edge is about to stop, and the page will ask another instance. */
    public void release() {
        stopping = true;
        kept.forEach(ViewWaiter::end);
    }

    @Override
    public Reply handle(EdgeRequest request) {
        long after = request.query("after").flatMap(StatePoll::sequence).orElse(-1L);
        return visits.visitor(
                request,
                visit -> newer(visit, after)
                        .map(view -> json(visit, view))
                        .orElseGet(() -> new Reply.Refused(Refusal.later("view-not-known"))));
    }

    private Optional<PaymentView> newer(Visit visit, long after) {
        String paymentId = visit.owner().paymentId();
        try (ViewWaiter waiter = views.waitFor(paymentId, view -> view.getSequence() > after)) {
            kept.add(waiter);
            if (stopping) {
                waiter.end();
            }
            // Looked up after the wait began, so that nothing falls between the two.
            Optional<PaymentView> known = requests.find(visit.owner(), PayPage.LOOKUP);
            Optional<PaymentView> news = known.filter(view -> view.getSequence() > after)
                    .or(() -> waiter.await(longest))
                    .or(() -> views.latest(paymentId));
            kept.remove(waiter);
            return news;
        }
    }

    private Reply json(Visit visit, PaymentView view) {
        ObjectNode json = JSON.createObjectNode();
        json.put("state", PageState.of(view).text());
        json.put("sequence", view.getSequence());
        Optional<String> redirect = visit.cookie().flatMap(cookie -> next(visit, view));
        json.put("redirect", redirect.orElse(null));
        try {
            return new Reply.Json(200, JSON.writeValueAsString(json), leaving(visit, view, redirect));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("three plain values can always be written", e);
        }
    }

    /** Whoever is sent to the shop with the result has seen it: the next return from a provider means another payment. */
    private List<String> leaving(Visit visit, PaymentView view, Optional<String> redirect) {
        if (redirect.isEmpty() || !PageState.of(view).concluded()) {
            return List.of();
        }
        return visit.cookie().filter(cookie -> !cookie.concluded()).stream()
                .map(cookie -> cookies.set(cookie.withConcluded(true)))
                .toList();
    }

    private Optional<String> next(Visit visit, PaymentView view) {
        return switch (PageState.of(view)) {
            case IN_PROGRESS -> composer.provider(visit, view);
            case APPROVED -> composer.success(visit, view);
            case NOT_PAID -> view.getClosedForBuyer() ? composer.failure(visit, view) : Optional.empty();
            case AWAITING_BUYER, VERIFYING, UNDER_REVIEW -> Optional.empty();
        };
    }

    private static Optional<Long> sequence(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
