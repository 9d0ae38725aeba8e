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
 */
public record BackOffice(
        URI webhookUrl, URI siteUrl, @Nullable String webhookAuthorization) {

    @Override
    public String toString() {
        return "BackOffice[siteUrl=" + siteUrl + "]";
    }
}
