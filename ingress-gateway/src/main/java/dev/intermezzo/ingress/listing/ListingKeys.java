package dev.intermezzo.ingress.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.ingress.payments.NamedSecret;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.runtime.merchants.ListingKeyId;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.Secret;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The global keys of the public listings. Opened once per revision of a listing. */
public final class ListingKeys {

    private static final String MOZELLO_KEY = "mozello-key";
    private static final int MOST_CACHED = 100;

    private final MerchantDirectory directory;
    private final SecretSealer secrets;
    private final InstantSource clock;
    private final Cache<String, List<ListingKey>> cache =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    public ListingKeys(MerchantDirectory directory, SecretSealer secrets, InstantSource clock) {
        this.directory = directory;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * One key of one listing.
     *
     * @param key named as {@link ListingKeyId} writes it
     * @param text the same as Mozello is told it
     * @param environment the listing's
     */
    public record ListingKey(MozelloKey key, Secret text, Environment environment, Instant notAfter) {}

    /** Every key that is valid now, of every listing. */
    public List<ListingKey> valid() {
        Instant now = clock.instant();
        return directory.listings().stream()
                .flatMap(listing -> opened(listing).stream())
                .filter(key -> !now.isAfter(key.notAfter()))
                .toList();
    }

    private List<ListingKey> opened(Versioned<Integration> listing) {
        return cache.get(
                listing.id() + ' ' + listing.revision(),
                unseen -> listing.body().getSecrets().stream()
                        .filter(secret -> NamedSecret.valid(secret, MOZELLO_KEY, clock.instant()))
                        .map(secret -> opened(listing, secret))
                        .toList());
    }

    private ListingKey opened(Versioned<Integration> listing, SealedSecret secret) {
        byte[] opened = secrets.open(MerchantKeys.integration(listing.id()), secret);
        Instant notAfter = secret.getNotAfter();
        return new ListingKey(
                new MozelloKey(new ListingKeyId(listing.id(), secret.getId()).text(), opened),
                Secret.of(new String(opened, StandardCharsets.UTF_8)),
                listing.environment(),
                notAfter == null ? Instant.MAX : notAfter);
    }
}
