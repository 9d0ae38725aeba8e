package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AesGcmKey;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Keys of the session tokens that Mozarto hands back. They are handed out as bytes, because the tokens have a form of their
 * own (JOSE) and the partners' code is free of this project's key management.
 */
public final class SessionKeys {
    private SessionKeys() {}

    /** AES-256 keys by the name that their tokens carry, the sealing one first. Needs {@link Keyset#SESSIONS}. */
    @AccessesPartialKey // the bytes are what is wanted
    public static SequencedMap<String, byte[]> of(SealingKeys keys) {
        KeysetHandle handle = keys.handle(Keyset.SESSIONS);
        SequencedMap<String, byte[]> found = new LinkedHashMap<>();
        for (int i = 0; i < handle.size(); i++) {
            KeysetHandle.Entry entry = handle.getAt(i);
            if (!(entry.getKey() instanceof AesGcmKey key)) {
                throw new SealingException("The keyset of session tokens holds a key of another kind.");
            }
            if (entry.getStatus() != KeyStatus.ENABLED) {
                continue;
            }
            String name = HexFormat.of().toHexDigits(entry.getId());
            byte[] bytes = key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
            if (entry.isPrimary()) {
                found.putFirst(name, bytes);
            } else {
                found.putLast(name, bytes);
            }
        }
        return found;
    }
}
