package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import java.security.GeneralSecurityException;

/** Keeps what nobody could read (dead letters, strange webhooks) so that only whoever holds the vault's key opens it. */
public final class Vault {
    private final SealingKeys keys;

    /** Sealing needs {@link Keyset#VAULT_PUBLIC}, opening {@link Keyset#VAULT_PRIVATE}. */
    public Vault(SealingKeys keys) {
        this.keys = keys;
    }

    /** @param context what it is and belongs to, such as a dead letter's id; needed again to open it */
    public byte[] seal(String context, byte[] plain) {
        try {
            HybridEncrypt vault = keys.encrypter(Keyset.VAULT_PUBLIC);
            return vault.encrypt(plain, Context.of("vault", context));
        } catch (GeneralSecurityException e) {
            throw new SealingException("Something could not be put into the vault: " + context, e);
        }
    }

    /** @throws SealingException when it was sealed in another context or this process may not open it */
    public byte[] open(String context, byte[] sealed) {
        try {
            HybridDecrypt vault = keys.decrypter(Keyset.VAULT_PRIVATE);
            return vault.decrypt(sealed, Context.of("vault", context));
        } catch (GeneralSecurityException e) {
            throw new SealingException("Something from the vault could not be opened: " + context, e);
        }
    }
}
