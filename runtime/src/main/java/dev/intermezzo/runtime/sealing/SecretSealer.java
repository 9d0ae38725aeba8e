package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.Aead;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Seals secrets of merchants, integrations and accounts. Associated data: owner id and purpose. */
public final class SecretSealer {
    private final Aead aead;

    /** Needs {@link Keyset#MERCHANT_SECRETS}. */
    public SecretSealer(SealingKeys keys) {
        this.aead = keys.aead(Keyset.MERCHANT_SECRETS);
    }

    /**
     * @param ownerId record key of whose secret it is, {@code <kind>:<id>}
     * @param purpose {@code mozello-key}, {@code company-token}, {@code user-token-secret}, {@code webhook-authorization}
     * @param id names the secret among several that are valid at once
     */
    public SealedSecret seal(String ownerId, String purpose, String id, byte[] secret) {
        try {
            byte[] ciphertext = aead.encrypt(secret, context(ownerId, purpose));
            return new SealedSecret(id, purpose, ByteBuffer.wrap(ciphertext), null);
        } catch (GeneralSecurityException e) {
            throw new SealingException("The secret " + purpose + " of " + ownerId + " could not be sealed.", e);
        }
    }

    /** @throws SealingException when it was sealed for another owner or purpose, or by another installation */
    public byte[] open(String ownerId, SealedSecret sealed) {
        try {
            return aead.decrypt(Bytes.of(sealed.getCiphertext()), context(ownerId, sealed.getPurpose()));
        } catch (GeneralSecurityException e) {
            throw new SealingException(
                    "The secret " + sealed.getPurpose() + " of " + ownerId + " could not be opened.", e);
        }
    }

    private static byte[] context(String ownerId, String purpose) {
        return Context.of("secret", ownerId, purpose);
    }
}
