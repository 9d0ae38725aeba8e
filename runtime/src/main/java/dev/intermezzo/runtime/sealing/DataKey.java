package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.intermezzo.schemas.avro.SealedData;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A payment's data key in the clear: AES-256-GCM. Lives for a call at the edge, for seconds in {@link BuyerOpener}; never prints. */
final class DataKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;

    private final String id;
    private final byte[] key;

    DataKey(String id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    static DataKey fresh() {
        byte[] id = new byte[ID_BYTES];
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(key);
        return new DataKey(HexFormat.of().formatHex(id), key);
    }

    String id() {
        return id;
    }

    byte[] bytes() {
        return key;
    }

    SealedData seal(String paymentId, String purpose, byte[] plain) throws GeneralSecurityException {
        byte[] ciphertext = new AesGcmJce(key).encrypt(plain, context(paymentId, purpose));
        return new SealedData(id, purpose, ByteBuffer.wrap(ciphertext));
    }

    byte[] open(String paymentId, SealedData sealed) throws GeneralSecurityException {
        return new AesGcmJce(key).decrypt(Bytes.of(sealed.getCiphertext()), context(paymentId, sealed.getPurpose()));
    }

    /** Associated data of {@code SealedData}: payment id and purpose. */
    private static byte[] context(String paymentId, String purpose) {
        return Context.of("buyer-data", paymentId, purpose);
    }

    /** Context under which the key itself is sealed to the executor. */
    static byte[] wrapping(String paymentId, String keyId) {
        return Context.of("buyer-key", paymentId, keyId);
    }

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
