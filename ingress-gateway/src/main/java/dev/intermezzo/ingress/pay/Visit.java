package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.Texts;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.ingress.tokens.PayToken;
import java.util.Optional;

/**
 * A browser at a payment's page.
 *
 * @param texts in the language that was chosen last, as the cookie says, else as the token does
 * @param cookie present in the browser that began the checkout; without it only shop, invoice, amount and state are shown
 */
record Visit(
        Shop shop,
        PaymentOwner owner,
        PayToken token,
        Texts texts,
        PageAddresses addresses,
        BuyerCookies.Jar jar,
        Optional<BuyerCookie> cookie) {

    Visit in(String language) {
        return new Visit(shop, owner, token, Texts.in(language), addresses, jar, cookie);
    }
}
