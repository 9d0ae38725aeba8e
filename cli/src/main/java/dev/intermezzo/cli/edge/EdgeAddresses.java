package dev.intermezzo.cli.edge;

import java.net.URI;

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

    /** Webhook address of an account, for Mozarto's back office; it holds a secret. */
    public URI webhook(String accountId, String token) {
        return publicUrl.resolve("/mozarto/" + accountId + "/webhooks/" + token);
    }

    /** Where providers send an account's buyers back to, for Mozarto's back office. */
    public URI back(String accountId) {
        return publicUrl.resolve("/return/" + accountId);
    }
}
