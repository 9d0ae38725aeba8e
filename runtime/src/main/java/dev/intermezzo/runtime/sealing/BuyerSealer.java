package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.HybridEncrypt;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Seals what a buyer told us. The ingress can seal, never open: it holds only the executor's public key. */
public final class BuyerSealer {
    private final HybridEncrypt executor;

    /** Needs {@link Keyset#EXECUTOR_PUBLIC}. */
    public BuyerSealer(SealingKeys keys) {
        this.executor = keys.encrypter(Keyset.EXECUTOR_PUBLIC);
    }

    /**
     * Seals with a fresh data key.
     *
     * @param purpose {@code buyer-details}, {@code provider-answer} or {@code webhook-body}; part of the associated data
     */
    public SealedBuyer seal(String paymentId, String purpose, byte[] plain) {
        try {
            DataKey key = DataKey.fresh();
            byte[] wrapped = executor.encrypt(key.bytes(), DataKey.wrapping(paymentId, key.id()));
            return new SealedBuyer(
                    key.seal(paymentId, purpose, plain), new WrappedKey(key.id(), ByteBuffer.wrap(wrapped)));
        } catch (GeneralSecurityException e) {
            throw new SealingException("Data of payment " + paymentId + " could not be sealed.", e);
        }
    }
}
