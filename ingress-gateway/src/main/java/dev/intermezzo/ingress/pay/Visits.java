package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.http.EdgeRequest;
import dev.intermezzo.ingress.http.Refusal;
import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.Texts;
import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.TokenPurpose;
import dev.intermezzo.ingress.tokens.TokenReading;
import java.util.Optional;
import java.util.function.Function;

/** Finds out which payment an address names and whether its browser began it. */
public final class Visits {

    static final Refusal TOKEN_INVALID = Refusal.of(404, "token-invalid", "error.token-invalid");
    static final Refusal TOKEN_EXPIRED = Refusal.of(410, "token-expired", "error.token-expired");

    private final PageTokens tokens;
    private final BuyerCookies cookies;
    private final Shops shops;

    public Visits(PageTokens tokens, BuyerCookies cookies, Shops shops) {
        this.tokens = tokens;
        this.cookies = cookies;
        this.shops = shops;
    }

    /** Serves whoever has the address. */
    Reply visitor(EdgeRequest request, Function<Visit, Reply> serve) {
        String text = request.path("token");
        return switch (tokens.read(TokenPurpose.PAY, text)) {
            case TokenReading.Invalid invalid -> new Reply.Refused(TOKEN_INVALID);
            case TokenReading.Expired expired -> new Reply.Refused(TOKEN_EXPIRED);
            case TokenReading.Valid valid ->
                visit(request, valid.token(), text)
                        .map(visit -> placed(visit, serve.apply(visit)))
                        // The integration was removed since: the address leads to nothing any more.
                        .orElseGet(() -> new Reply.Refused(TOKEN_INVALID));
        };
    }

    /** Serves only the browser that began the checkout. */
    Reply buyer(EdgeRequest request, Function<Visit, Reply> serve) {
        return visitor(
                request,
                visit -> visit.cookie().isPresent()
                        ? serve.apply(visit)
                        : new Reply.Refused(Refusal.of(403, "cookie-missing", "error.cookie-missing")));
    }

    private Optional<Visit> visit(EdgeRequest request, PayToken token, String text) {
        Optional<Shop> shop = shops.shopOfPayment(token.paymentId());
        BuyerCookies.Jar jar = cookies.read(request.cookies());
        Optional<BuyerCookie> cookie = jar.of(token.paymentId());
        return shop.map(known -> new Visit(
                known,
                known.owner(token.paymentId()),
                token,
                Texts.in(cookie.map(BuyerCookie::language).orElse(token.language())),
                PageAddresses.of(text)
                        .looking(request.query(PageAddresses.LOOK))
                        .choosing(request.query(PageAddresses.METHOD)),
                jar,
                cookie));
    }

    /** A refusal on the way: its page speaks the payment's language and leads back to the payment. */
    private static Reply placed(Visit visit, Reply reply) {
        return reply instanceof Reply.Refused refused
                ? refused.at(new Reply.Place(
                        visit.texts().language(),
                        visit.addresses().page(),
                        visit.shop().test()))
                : reply;
    }
}
