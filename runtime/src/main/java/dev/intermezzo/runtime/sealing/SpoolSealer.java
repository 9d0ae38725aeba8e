package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;

/**
 * Seals what the ingress keeps on its disk while Kafka does not take it. It has to open it again, so it is the keyset that
 * no other stage holds: a stolen disk tells nothing without the keys folder. Associated data: the record's number, so that
 * records cannot change places.
 */
public final class SpoolSealer {
    private final Aead aead;

    /** Needs {@link Keyset#TOKENS}. */
    public SpoolSealer(SealingKeys keys) {
        this.aead = keys.aead(Keyset.TOKENS);
    }

    public byte[] seal(long number, byte[] plain) {
        try {
            return aead.encrypt(plain, context(number));
        } catch (GeneralSecurityException e) {
            throw new SealingException("A record of the spool could not be sealed.", e);
        }
    }

    /** @throws SealingException when it was sealed under another number or by another installation */
    public byte[] open(long number, byte[] sealed) {
        try {
            return aead.decrypt(sealed, context(number));
        } catch (GeneralSecurityException e) {
            throw new SealingException("Record " + number + " of the spool could not be opened.", e);
        }
    }

    private static byte[] context(long number) {
        return Context.of("spool", Long.toString(number));
    }
}
