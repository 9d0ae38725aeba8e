package dev.intermezzo.ingress.returns;

import dev.intermezzo.ingress.http.EdgeHandler;
import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.Languages;
import dev.intermezzo.ingress.pages.OpenPayment;
import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.ReturnPages;
import dev.intermezzo.ingress.pages.Texts;
import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.TokenPurpose;
import dev.intermezzo.ingress.tokens.TokenReading;
import dev.intermezzo.ingress.views.ViewRequests;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.PaymentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /return/{account}} and {@code GET /return/{token}}: where a provider sends the buyer back to.
 *
 * <p>Some providers know one address for all payments of an account. Who comes back is then told by the browser's
 * cookies: its payments of that account whose result it has not seen yet. One: its page. Several: a list of them. Only
 * payments whose result was seen: the newest one's page. None, or an account that does not exist: a page that says nothing
 * about any payment. A return is navigation and never changes a payment.
 */
public final class ReturnHandler implements EdgeHandler {

    private static final Duration LOOKUP = Duration.ofMillis(500);

    private final Shops shops;
    private final ViewRequests views;
    private final ReturnPages pages;
    private final PageTokens tokens;
    private final BuyerCookies cookies;

    public ReturnHandler(Shops shops, ViewRequests views, ReturnPages pages, PageTokens tokens, BuyerCookies cookies) {
        this.shops = shops;
        this.views = views;
        this.pages = pages;
        this.tokens = tokens;
        this.cookies = cookies;
    }

    @Override
    public Reply handle(EdgeRequest request) {
        String whose = request.path("whose");
        // No token of ours is as short as an id.
        return Ids.NAME.matcher(whose).matches() ? byCookie(request, whose) : byToken(request, whose);
    }

    /** Some providers return by POST, which carries no Lax cookies; a GET of the same address does. */
    public Reply seeAsGet(EdgeRequest request) {
        return new Reply.SeeOther("/return/" + request.path("whose"), List.of());
    }

    private Reply byToken(EdgeRequest request, String text) {
        return switch (tokens.read(TokenPurpose.RETURN, text)) {
            case TokenReading.Valid valid -> new Reply.SeeOther(page(valid.token()), List.of());
            case TokenReading.Expired expired -> neutral(request, List.of());
            case TokenReading.Invalid invalid -> neutral(request, List.of());
        };
    }

    private Reply byCookie(EdgeRequest request, String account) {
        BuyerCookies.Jar jar = cookies.read(request.cookies());
        List<BuyerCookie> open = meant(jar.payments().stream()
                .filter(cookie -> cookie.usesAccount(account))
                .toList());
        if (open.isEmpty()) {
            return neutral(request, jar.prune());
        }
        return open.size() == 1
                ? new Reply.SeeOther(page(token(open.getFirst())), jar.prune())
                : several(request, open, jar.prune());
    }

    /**
     * Those whose result was not seen yet. With none, the newest: its buyer may have seen "not paid", started again, and
     * been led on to the provider before any page could say so.
     */
    private static List<BuyerCookie> meant(List<BuyerCookie> ofAccount) {
        List<BuyerCookie> open =
                ofAccount.stream().filter(cookie -> !cookie.concluded()).toList();
        return open.isEmpty()
                ? ofAccount.stream().max(Comparator.comparing(BuyerCookie::begun)).stream()
                        .toList()
                : open;
    }

    private Reply several(EdgeRequest request, List<BuyerCookie> open, List<String> prune) {
        Texts texts = Texts.in(chosen(request).orElse(open.getFirst().language()));
        List<String> headers = kept(request, open, prune);
        List<OpenPayment> rows = new ArrayList<>();
        boolean test = false;
        for (BuyerCookie cookie : open) {
            Optional<PaymentView> view = view(cookie);
            if (view.isPresent()) {
                rows.add(ReturnPages.row(texts, PageAddresses.of(seal(token(cookie))), view.get()));
                test |= ReturnPages.test(view.get());
            }
        }
        return rows.isEmpty() ? neutral(request, prune) : Reply.Page.ok(pages.several(texts, rows, test), headers);
    }

    /** Whichever payment the buyer goes on to, its pages speak the language that was chosen here. */
    private List<String> kept(EdgeRequest request, List<BuyerCookie> open, List<String> prune) {
        List<String> headers = new ArrayList<>(prune);
        chosen(request)
                .ifPresent(language -> open.forEach(cookie -> headers.add(cookies.set(cookie.withLanguage(language)))));
        return headers;
    }

    private Optional<PaymentView> view(BuyerCookie cookie) {
        Optional<Shop> shop = shops.shopOfPayment(cookie.paymentId());
        return shop.flatMap(known -> views.find(known.owner(cookie.paymentId()), LOOKUP));
    }

    private Reply neutral(EdgeRequest request, List<String> prune) {
        String language =
                chosen(request).or(() -> request.language(Texts::supported)).orElse(Texts.LANGUAGES.getFirst());
        return Reply.Page.ok(pages.neutral(Texts.in(language)), prune);
    }

    private static Optional<String> chosen(EdgeRequest request) {
        return request.query(Languages.PARAMETER).filter(Texts.LANGUAGES::contains);
    }

    private String page(PayToken token) {
        return PageAddresses.of(seal(token)).returned();
    }

    private String seal(PayToken token) {
        return tokens.seal(TokenPurpose.PAY, token);
    }

    private static PayToken token(BuyerCookie cookie) {
        return new PayToken(cookie.paymentId(), cookie.language(), cookie.expires());
    }
}
