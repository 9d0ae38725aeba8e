package dev.intermezzo.runtime.merchants;

import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A private shop's key to Mozello's Store API, another one than that of its payments. A shop that has one is asked about each
 * order before money is, and what it tells of its orders is signed with it.
 */
public final class StoreApiKey {
    /** Purpose under which it is sealed. */
    public static final String PURPOSE = "store-api-key";

    private StoreApiKey() {}

    /**
     * Whether a shop's orders are to be compared. A shop whose last key has ended is one too: it cannot be asked, which must
     * not pass for a shop that need not be.
     */
    public static boolean declared(Integration integration) {
        return IntegrationKind.PRIVATE.of(integration)
                && integration.getSecrets().stream()
                        .anyMatch(secret -> secret.getPurpose().equals(PURPOSE));
    }

    /** Those that are valid now: while one is rotated, the shop may still use the former. */
    public static List<SealedSecret> valid(Integration integration, Instant now) {
        return IntegrationKind.PRIVATE.of(integration)
                ? integration.getSecrets().stream()
                        .filter(secret -> secret.getPurpose().equals(PURPOSE) && isValid(secret.getNotAfter(), now))
                        .toList()
                : List.of();
    }

    /** The one that stays valid for longest, the later in the list of two alike; empty when the shop has none. */
    public static Optional<SealedSecret> newest(Integration integration, Instant now) {
        return valid(integration, now).stream().reduce(StoreApiKey::newer);
    }

    private static boolean isValid(@Nullable Instant notAfter, Instant now) {
        return notAfter == null || !now.isAfter(notAfter);
    }

    private static SealedSecret newer(SealedSecret earlier, SealedSecret later) {
        Comparator<Instant> neverIsLast = Comparator.nullsLast(Comparator.naturalOrder());
        return neverIsLast.compare(earlier.getNotAfter(), later.getNotAfter()) > 0 ? earlier : later;
    }
}
