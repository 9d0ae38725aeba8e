package dev.intermezzo.notifier.send;

import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.ListingKeyId;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Mozello key that a message to a shop is signed with: a private shop's own, or for a connection the global key
 * of the public listing through which the order came.
 */
final class ShopKeys {

    private static final String PURPOSE = "mozello-key";

    private final SecretSealer sealer;

    ShopKeys(SecretSealer sealer) {
        this.sealer = sealer;
    }

    /**
     * The key for an order of this integration.
     *
     * @param wantedId key that last verified a form of the shop; a listing's is named with the listing
     * @param shops where a listing is looked up
     * @throws dev.intermezzo.runtime.sealing.SealingException when the key cannot be opened
     */
    Optional<MozelloKey> find(Versioned<Integration> integration, String wantedId, Shops shops, Instant now) {
        if (!IntegrationKind.CONNECTION.of(integration.body())) {
            return find(integration, wantedId, now);
        }
        return ListingKeyId.parse(wantedId)
                .flatMap(wanted -> shops.integration(wanted.listing())
                        .filter(listing -> IntegrationKind.PUBLIC.of(listing.body()))
                        .flatMap(listing -> find(listing, wanted.key(), now)));
    }

    /**
     * The wanted key if it is still valid, otherwise the one that stays valid for longest, the later in the list of two
     * alike; empty when the integration has no valid key.
     *
     * @param integration whose secrets hold the key
     */
    private Optional<MozelloKey> find(Versioned<Integration> integration, String wantedId, Instant now) {
        List<SealedSecret> valid = integration.body().getSecrets().stream()
                .filter(secret -> secret.getPurpose().equals(PURPOSE) && isValid(secret.getNotAfter(), now))
                .toList();
        String owner = MerchantKeys.integration(integration.id());
        return valid.stream()
                .filter(secret -> secret.getId().equals(wantedId))
                .findFirst()
                .or(() -> valid.stream().reduce(ShopKeys::newer))
                .map(secret -> new MozelloKey(secret.getId(), sealer.open(owner, secret)));
    }

    private static boolean isValid(@Nullable Instant notAfter, Instant now) {
        return notAfter == null || notAfter.isAfter(now);
    }

    private static SealedSecret newer(SealedSecret earlier, SealedSecret later) {
        Comparator<Instant> neverIsLast = Comparator.nullsLast(Comparator.naturalOrder());
        return neverIsLast.compare(earlier.getNotAfter(), later.getNotAfter()) > 0 ? earlier : later;
    }
}
