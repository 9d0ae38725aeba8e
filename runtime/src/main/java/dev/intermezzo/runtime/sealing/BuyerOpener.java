package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.HybridDecrypt;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.security.GeneralSecurityException;
import java.util.List;

/** Opens what {@link BuyerSealer} sealed; the cashier executor only. */
public final class BuyerOpener {
    private final HybridDecrypt executor;

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
        byte[] bytes = executor.decrypt(Bytes.of(key.getWrapped()), DataKey.wrapping(paymentId, key.getKeyId()));
        return new DataKey(key.getKeyId(), bytes);
    }
}
