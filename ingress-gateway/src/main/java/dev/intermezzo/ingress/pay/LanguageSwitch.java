package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.http.Reply;
import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.Texts;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.TokenPurpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the pages of one payment into another language. The choice is kept where the payment's name is kept already, sealed:
 * in the token of the page's address, which works without any cookie, and in the cookie of the browser that began the
 * checkout, which is still there when a provider sends the buyer back.
 */
public final class LanguageSwitch {

    private final PageTokens tokens;
    private final BuyerCookies cookies;

    public LanguageSwitch(PageTokens tokens, BuyerCookies cookies) {
        this.tokens = tokens;
        this.cookies = cookies;
    }

    /** The language that was asked for, if there is one of that name. */
    static Optional<String> chosen(Optional<String> parameter) {
        return parameter.filter(Texts.LANGUAGES::contains);
    }

    /** To the same page in another language. */
    Reply to(String language, Visit visit) {
        PayToken token = visit.token();
        String address = tokens.seal(TokenPurpose.PAY, new PayToken(token.paymentId(), language, token.expires()));
        return new Reply.SeeOther(PageAddresses.of(address).page(), kept(language, visit));
    }

    /** {@code Set-Cookie} headers after a choice. */
    List<String> kept(String language, Visit visit) {
        List<String> headers = new ArrayList<>(visit.jar().prune());
        visit.cookie()
                .map(cookie -> cookie.withLanguage(language))
                .map(cookies::set)
                .ifPresent(headers::add);
        return headers;
    }
}
