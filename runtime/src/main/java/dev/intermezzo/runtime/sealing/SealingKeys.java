package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The keysets that this process holds. Tink keysets: a keyset may hold several keys, of which one seals and all open, so
 * keys rotate without a moment when something cannot be opened.
 *
 * <p>AEAD: AES256-GCM. Hybrid: DHKEM_P256_HKDF_SHA256, HKDF_SHA256, AES_256_GCM (RFC 9180). P-256 instead of X25519, because
 * it runs on the JDK's own intrinsics, while Tink computes X25519 in plain Java.
 */
public final class SealingKeys {
    private final Map<Keyset, KeysetHandle> handles;

    SealingKeys(Map<Keyset, KeysetHandle> handles) {
        this.handles = new EnumMap<>(Keyset.class);
        this.handles.putAll(handles);
    }

    /** A fresh key in every keyset. */
    public static SealingKeys generate() {
        try {
            Map<Keyset, KeysetHandle> handles = new EnumMap<>(Keyset.class);
            for (Keyset keyset :
                    EnumSet.of(Keyset.MERCHANT_SECRETS, Keyset.REDIRECTS, Keyset.TOKENS, Keyset.SESSIONS)) {
                handles.put(
                        keyset, KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, keyset.configuration()));
            }
            Parameters hybrid = hybrid();
            for (Keyset keyset : EnumSet.of(Keyset.REFERENCES, Keyset.USER_IDS)) {
                handles.put(
                        keyset,
                        KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF, keyset.configuration()));
            }
            KeysetHandle executor = KeysetHandle.generateNew(hybrid, Keyset.EXECUTOR_PRIVATE.configuration());
            handles.put(Keyset.EXECUTOR_PRIVATE, executor);
            handles.put(Keyset.EXECUTOR_PUBLIC, executor.getPublicKeysetHandle());
            KeysetHandle vault = KeysetHandle.generateNew(hybrid, Keyset.VAULT_PRIVATE.configuration());
            handles.put(Keyset.VAULT_PRIVATE, vault);
            handles.put(Keyset.VAULT_PUBLIC, vault.getPublicKeysetHandle());
            return new SealingKeys(handles);
        } catch (GeneralSecurityException e) {
            throw new SealingException("Keys could not be generated.", e);
        }
    }

    /** Loads every keyset of the folder. */
    public static SealingKeys load(Path dir) {
        return load(dir, EnumSet.allOf(Keyset.class));
    }

    /**
     * Loads only these keysets from the folder.
     *
     * @throws SealingException naming the file that is missing, unreadable or no keyset
     */
    public static SealingKeys load(Path dir, Set<Keyset> keysets) {
        Map<Keyset, KeysetHandle> handles = new EnumMap<>(Keyset.class);
        keysets.forEach(keyset -> handles.put(keyset, KeysetFiles.read(dir, keyset)));
        return new SealingKeys(handles);
    }

    /**
     * Writes one file per keyset, readable by the owner only. Existing files are never overwritten: a lost key cannot be
     * brought back.
     *
     * @throws SealingException when a file exists or cannot be written
     */
    public void save(Path dir) {
        handles.forEach((keyset, handle) -> KeysetFiles.write(dir, keyset, handle));
    }

    /**
     * Draws the keysets that came with a later release than a folder, where it has none of them.
     *
     * @return those that were drawn
     * @throws SealingException when one cannot be written
     */
    public static Set<Keyset> addNew(Path dir) {
        Set<Keyset> missing = EnumSet.copyOf(Keyset.LATER);
        missing.removeIf(keyset -> Files.exists(dir.resolve(keyset.fileName())));
        if (!missing.isEmpty()) {
            generate().only(missing).save(dir);
        }
        return missing;
    }

    /** Only these keysets, as the process of one role holds them. */
    public SealingKeys only(Set<Keyset> keysets) {
        Map<Keyset, KeysetHandle> some = new EnumMap<>(Keyset.class);
        keysets.forEach(keyset -> some.put(keyset, handle(keyset)));
        return new SealingKeys(some);
    }

    /** Which keysets are held. */
    public Set<Keyset> held() {
        return Set.copyOf(handles.keySet());
    }

    Aead aead(Keyset keyset) {
        return primitive(keyset, Aead.class);
    }

    HybridEncrypt encrypter(Keyset keyset) {
        return primitive(keyset, HybridEncrypt.class);
    }

    HybridDecrypt decrypter(Keyset keyset) {
        return primitive(keyset, HybridDecrypt.class);
    }

    PrfSet prf(Keyset keyset) {
        return primitive(keyset, PrfSet.class);
    }

    KeysetHandle handle(Keyset keyset) {
        KeysetHandle handle = handles.get(keyset);
        if (handle == null) {
            throw new SealingException("This process does not hold the keyset " + keyset.fileName() + ".");
        }
        return handle;
    }

    /** Names the keysets, never a key. */
    @Override
    public String toString() {
        return "SealingKeys" + handles.keySet();
    }

    private <P> P primitive(Keyset keyset, Class<P> type) {
        try {
            return handle(keyset).getPrimitive(keyset.configuration(), type);
        } catch (GeneralSecurityException e) {
            throw new SealingException("The keyset " + keyset.fileName() + " holds no keys of the right kind.", e);
        }
    }

    private static Parameters hybrid() throws GeneralSecurityException {
        return HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_P256_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                .setVariant(HpkeParameters.Variant.TINK)
                .build();
    }
}
