package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.checkout.PaymentPlanner;
import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.DetailsPages;
import dev.intermezzo.ingress.pages.Languages;
import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.PageState;
import dev.intermezzo.ingress.pages.PaymentPage;
import dev.intermezzo.ingress.pages.PaymentPages;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.views.ViewRequests;
import dev.intermezzo.schemas.avro.PaymentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code GET /pay/{token}}: the payment as it is now, with what can be done about it; {@code page-language} turns it into another language. */
public final class PayPage implements EdgeHandler {

    /** A view that is not here yet is waited for so long before the page says that it is being looked up. */
    static final Duration LOOKUP = Duration.ofSeconds(1);

    private final Visits visits;
    private final ViewRequests views;
    private final PageComposer composer;
    private final PaymentPages pages;
    private final DetailsPages details;
    private final FormRequirements requirements;
    private final BuyerCookies cookies;
    private final LanguageSwitch languages;

    public PayPage(
            Visits visits,
            ViewRequests views,
            PageComposer composer,
            PaymentPages pages,
            DetailsPages details,
            PaymentPlanner planner,
            BuyerCookies cookies,
            LanguageSwitch languages) {
        this.visits = visits;
        this.views = views;
        this.composer = composer;
        this.pages = pages;
        this.details = details;
        this.requirements = new FormRequirements(planner);
        this.cookies = cookies;
        this.languages = languages;
    }

    @Override
    public Reply handle(EdgeRequest request) {
        boolean onward = request.query(PageAddresses.CONTINUE).isPresent();
        Optional<String> language = LanguageSwitch.chosen(request.query(Languages.PARAMETER));
        return visits.visitor(
                request,
                visit -> language.map(chosen -> languages.to(chosen, visit)).orElseGet(() -> page(visit, onward)));
    }

    /** {@code GET} of an address that a form was sent to: the browser asks again for what it showed as an answer. */
    public Reply seePage(EdgeRequest request) {
        return visits.visitor(
                request,
                visit ->
                        new Reply.SeeOther(visit.addresses().page(), visit.jar().prune()));
    }

    private Reply page(Visit visit, boolean onward) {
        Optional<PaymentView> view = views.find(visit.owner(), LOOKUP);
        if (view.isEmpty()) {
            return Reply.Page.ok(
                    pages.lookup(visit.texts(), visit.addresses(), visit.shop().test(), onward),
                    visit.jar().prune());
        }
        return visit.cookie()
                .map(cookie -> full(visit, cookie, view.get(), onward))
                .orElseGet(() -> Reply.Page.ok(
                        pages.limited(visit.texts(), visit.addresses(), view.get()),
                        visit.jar().prune()));
    }

    private Reply full(Visit visit, BuyerCookie cookie, PaymentView view, boolean onward) {
        List<String> headers = new ArrayList<>(visit.jar().prune());
        Optional<DetailsAsked> asked = DetailsAsked.of(view);
        PaymentPage page = composer.compose(visit, view, onward && asked.isEmpty());
        // Once the result was seen, a return from a provider means another payment of this browser.
        BuyerCookie kept = cookie.withConcluded(PageState.of(view).concluded());
        if (page.onward() && page.provider().isPresent()) {
            kept = kept.withShown(view.getAttempts().getLast().getNumber());
        }
        if (!kept.equals(cookie)) {
            headers.add(cookies.set(kept));
        }
        String html = asked.isPresent()
                ? details.page(
                        page,
                        DetailsPages.Entry.first(
                                requirements.of(view, cookie, asked.get().fields()),
                                visit.addresses().method()))
                : pages.full(page);
        return Reply.Page.ok(html, headers);
    }
}
