package dev.intermezzo.sandbox.cashier;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the company set for its PSP account in the back office.
 *
 * @param webhookUrl where outcomes are posted
 * @param siteUrl where the browser returns to, without any parameter
 * @param webhookAuthorization the whole {@code Authorization} header of webhooks ({@code isWebhookSecured}); null for
 *     none
 * @param userAuthUrl who is asked whose session came with a call; null when the company named nobody
 */
public record BackOffice(
        URI webhookUrl,
        URI siteUrl,
        @Nullable String webhookAuthorization,
        @Nullable URI userAuthUrl) {

    /** Without anybody to ask about sessions. */
    public BackOffice(URI webhookUrl, URI siteUrl, @Nullable String webhookAuthorization) {
        this(webhookUrl, siteUrl, webhookAuthorization, null);
    }

    @Override
    public String toString() {
        return "BackOffice[siteUrl=" + siteUrl + "]";
    }
}
