package dev.intermezzo.sandbox.shop;

/**
 * The gateway's public listing as this shop uses it, besides its private integration.
 *
 * @param globalKey of the listing: signs the forms and webhooks of every shop behind it; never shown
 * @param connectionId what the gateway gave to the merchant, entered by the shop's owner
 * @param connectionSecret as well; never shown
 */
public record PublicListing(String globalKey, String connectionId, String connectionSecret) {

    /** The same shop after its owner entered something else. */
    public PublicListing entering(String otherId, String otherSecret) {
        return new PublicListing(globalKey, otherId, otherSecret);
    }

    @Override
    public String toString() {
        return "PublicListing[" + connectionId + "]";
    }
}
