package dev.intermezzo.runtime.sealing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.HybridDecrypt;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/**
 * Opens what {@link BuyerSealer} sealed; the cashier executor only.
 *
 * <p>Unwrapping a data key is a public-key operation, the costliest step of a command, and a command needs its payment's key
 * at least twice: to open the buyer's details and to seal the provider's answer. So unwrapped keys are kept in memory for
 * {@value #KEPT_SECONDS} s, at most {@value #KEPT_KEYS} of them.
 */
public final class BuyerOpener {
    private static final int KEPT_SECONDS = 30;
    private static final int KEPT_KEYS = 1_000;

    private final HybridDecrypt executor;
    private final Cache<Wrapped, DataKey> unwrapped = Caffeine.newBuilder()
            .maximumSize(KEPT_KEYS)
            .expireAfterWrite(Duration.ofSeconds(KEPT_SECONDS))
            .build();

    /** Needs {@link Keyset#EXECUTOR_PRIVATE}. */
    public BuyerOpener(SealingKeys keys) {
        this.executor = keys.decrypter(Keyset.EXECUTOR_PRIVATE);
    }

    /**
     * @param keys the payment's keys, of which one must be the data's
     * @throws SealingException when none is, or the data belongs to another payment or purpose
     */
    public byte[] open(String paymentId, SealedData sealed, List<WrappedKey> keys) {
        WrappedKey wrapped = keys.stream()
                .filter(key -> key.getKeyId().equals(sealed.getKeyId()))
                .findFirst()
                .orElseThrow(() -> new SealingException("The key " + sealed.getKeyId() + " of payment " + paymentId
                        + " is not among those that came along; the buyer may have been forgotten."));
        try {
            return unwrap(paymentId, wrapped).open(paymentId, sealed);
        } catch (GeneralSecurityException e) {
            throw new SealingException(
                    "Data (" + sealed.getPurpose() + ") of payment " + paymentId + " could not be opened.", e);
        }
    }

    /** Seals something more, such as a provider's answer, with a key that the payment has already. */
    public SealedData sealMore(String paymentId, String purpose, byte[] plain, WrappedKey key) {
        try {
            return unwrap(paymentId, key).seal(paymentId, purpose, plain);
        } catch (GeneralSecurityException e) {
            throw new SealingException("Data (" + purpose + ") of payment " + paymentId + " could not be sealed.", e);
        }
    }

    private DataKey unwrap(String paymentId, WrappedKey key) throws GeneralSecurityException {
        Wrapped wrapped =
                new Wrapped(paymentId, key.getKeyId(), key.getWrapped().asReadOnlyBuffer());
        DataKey known = unwrapped.getIfPresent(wrapped);
        if (known != null) {
            return known;
        }
        byte[] bytes = executor.decrypt(Bytes.of(key.getWrapped()), DataKey.wrapping(paymentId, key.getKeyId()));
        DataKey opened = new DataKey(key.getKeyId(), bytes);
        unwrapped.put(wrapped, opened);
        return opened;
    }

    /** All that the unwrapped key depends on: a key that came along with another payment or other bytes is opened anew. */
    private record Wrapped(String paymentId, String keyId, ByteBuffer bytes) {}
}
