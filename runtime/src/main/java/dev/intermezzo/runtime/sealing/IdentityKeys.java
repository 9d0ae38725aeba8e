package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.HmacPrfKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys under which we give names of our own to outsiders: merchant references and user ids. They are handed out as bytes,
 * because the partners' code is free of this project's key management.
 */
public final class IdentityKeys {
    private IdentityKeys() {}

    /** Keys of merchant references, the writing one first. Needs {@link Keyset#REFERENCES}. */
    public static List<byte[]> references(SealingKeys keys) {
        return raw(keys.handle(Keyset.REFERENCES));
    }

    /** The key of user ids. Needs {@link Keyset#USER_IDS}. */
    public static byte[] userIds(SealingKeys keys) {
        return raw(keys.handle(Keyset.USER_IDS)).getFirst();
    }

    @AccessesPartialKey // the bytes are what is wanted
    private static List<byte[]> raw(KeysetHandle handle) {
        List<byte[]> found = new ArrayList<>();
        for (int i = 0; i < handle.size(); i++) {
            KeysetHandle.Entry entry = handle.getAt(i);
            if (!(entry.getKey() instanceof HmacPrfKey key)) {
                throw new SealingException("A keyset for names holds a key of another kind.");
            }
            byte[] bytes = key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
            found.add(entry.isPrimary() ? 0 : found.size(), bytes);
        }
        return List.copyOf(found);
    }
}
