package dev.intermezzo.ingress.pay;

import dev.intermezzo.ingress.pages.PageAddresses;
import dev.intermezzo.ingress.pages.Texts;
import dev.intermezzo.ingress.payments.PaymentOwner;
import dev.intermezzo.ingress.payments.Shop;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import java.util.Optional;

/**
 * A browser at a payment's page.
 *
 * @param cookie present in the browser that began the checkout; without it only shop, invoice, amount and state are shown
 */
record Visit(
        Shop shop,
        PaymentOwner owner,
        Texts texts,
        PageAddresses addresses,
        BuyerCookies.Jar jar,
        Optional<BuyerCookie> cookie) {}
