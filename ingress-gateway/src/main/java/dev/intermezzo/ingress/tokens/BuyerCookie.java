package dev.intermezzo.ingress.tokens;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the browser that began a checkout keeps for us, sealed. The edge itself keeps nothing of a buyer and cannot open
 * what it sealed for the executor; which details are known, by name, and the country lie here instead.
 *
 * @param language of the pages, two letters; the buyer may have chosen another one than the shop
 * @param begun when this browser last began the checkout; whole seconds
 * @param country ISO 3166-1 alpha-2, or empty when not known; decides which routes are offered
 * @param concluded the buyer has seen this payment's result: a return from a provider no longer means it
 * @param shownAttempt the latest attempt whose page this browser was sent to; 0: none. A page that works only once is not
 *     shown for it again, whichever instance is asked
 * @param gaps at most {@value #MAX_GAPS}
 */
public record BuyerCookie(
        String paymentId,
        String merchantId,
        String language,
        String country,
        Instant begun,
        Instant expires,
        boolean concluded,
        int shownAttempt,
        List<RouteGap> gaps) {

    /** Bounds the cookie's size, well below the 4096 bytes that browsers keep. */
    static final int MAX_GAPS = 12;

    public BuyerCookie {
        gaps = List.copyOf(gaps.subList(0, Math.min(MAX_GAPS, gaps.size())));
    }

    /** What a route was found to miss; empty when the route was not among those judged. */
    public Optional<RouteGap> gap(String provider, String account) {
        return gaps.stream()
                .filter(gap -> gap.provider().equals(provider) && gap.account().equals(account))
                .findFirst();
    }

    public boolean usesAccount(String account) {
        return gaps.stream().anyMatch(gap -> gap.account().equals(account));
    }

    public BuyerCookie withConcluded(boolean seen) {
        return new BuyerCookie(paymentId, merchantId, language, country, begun, expires, seen, shownAttempt, gaps);
    }

    public BuyerCookie withShown(int attempt) {
        return new BuyerCookie(
                paymentId,
                merchantId,
                language,
                country,
                begun,
                expires,
                concluded,
                Math.max(shownAttempt, attempt),
                gaps);
    }

    /** After the buyer chose another language. */
    public BuyerCookie withLanguage(String chosen) {
        return new BuyerCookie(paymentId, merchantId, chosen, country, begun, expires, concluded, shownAttempt, gaps);
    }

    /** After the buyer supplied details: nothing that was given is asked again. */
    public BuyerCookie withGaps(String knownCountry, List<RouteGap> remaining) {
        return new BuyerCookie(
                paymentId, merchantId, language, knownCountry, begun, expires, concluded, shownAttempt, remaining);
    }
}
