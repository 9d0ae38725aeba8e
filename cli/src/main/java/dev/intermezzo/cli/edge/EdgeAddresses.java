package dev.intermezzo.cli.edge;

import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.schemas.avro.Integration;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is pasted at the partners, below one public address.
 *
 * @param publicUrl without a path
 */
public record EdgeAddresses(URI publicUrl) {

    /** Payment URL of a shop, for Mozello's store settings. */
    public URI checkout(String integrationId) {
        return publicUrl.resolve("/mozello/" + integrationId + "/checkout");
    }

    /** Where a shop's forms go: to its own payment URL or, for a connection, to that of the public listing. */
    public URI checkoutOf(String integrationId, @Nullable Integration integration) {
        return integration != null && IntegrationKind.CONNECTION.of(integration)
                ? publicUrl.resolve("/mozello/checkout")
                : checkout(integrationId);
    }

    /** Where a private shop with a Store API key tells of changes; it holds no secret. */
    public URI notifications(String integrationId) {
        return publicUrl.resolve("/mozello/" + integrationId + "/notifications");
    }

    /** Webhook address of an account, for Mozarto's back office; it holds a secret. */
    public URI webhook(String accountId, String token) {
        return publicUrl.resolve("/mozarto/" + accountId + "/webhooks/" + token);
    }

    /** User Auth URL of an account, for Mozarto's back office; it holds the same secret as the webhook address. */
    public URI userAuth(String accountId, String token) {
        return publicUrl.resolve("/mozarto/" + accountId + "/users/" + token);
    }

    /** Where providers send an account's buyers back to, for Mozarto's back office. */
    public URI back(String accountId) {
        return publicUrl.resolve("/return/" + accountId);
    }
}
