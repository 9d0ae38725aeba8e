package dev.intermezzo.ingress.checkout;

import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.TokenPurpose;
import java.net.URI;

/**
 * Makes the addresses {@code /return/{token}} that a provider is told in its request, so that a buyer comes back to the
 * right payment even where several are open. The token names purpose, payment and language and ends with the payment's
 * page; it is no key to anything but that page, which shows little without the cookie.
 */
public final class ReturnAddresses {

    private final String publicUrl;
    private final PageTokens tokens;

    /**
     * @param publicUrl address under which browsers reach the edge, without a path
     */
    public ReturnAddresses(URI publicUrl, PageTokens tokens) {
        this.publicUrl = publicUrl.toString().replaceFirst("/+$", "");
        this.tokens = tokens;
    }

    /** The address of one payment, valid as long as its page. */
    public String of(PayToken payment) {
        return publicUrl + "/return/" + tokens.seal(TokenPurpose.RETURN, payment);
    }
}
