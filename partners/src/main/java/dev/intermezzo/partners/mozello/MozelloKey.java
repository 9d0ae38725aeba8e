package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that Mozello signs with: a shop's own Payment API key, or the global key of a public listing. It goes into HMAC as
 * its bytes, never into a message (Payment API, signing).
 *
 * <p>The secret cannot be read back out of this type and is never printed.
 */
public final class MozelloKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final SecretKeySpec secret;

    /**
     * A key from its bytes, which are copied.
     *
     * @param id the name under which verdicts and ledger entries mention the key; not secret
     * @throws IllegalArgumentException if the secret is empty
     */
    public MozelloKey(String id, byte[] secret) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("the Mozello key \"" + id + "\" is empty");
        }
        this.id = id;
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A key from its text as shown in the shop's settings. */
    public static MozelloKey of(String id, String secret) {
        return new MozelloKey(id, secret.getBytes(StandardCharsets.UTF_8));
    }

    public String id() {
        return id;
    }

    /** The raw HMAC-SHA256 (32 bytes) of the joined parts. */
    byte[] hmac(List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            parts.forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** As {@link #hmac}, with the key's own bytes joined to the message: a mistake that {@link SignatureDebugger} knows. */
    byte[] hmacWithItself(List<byte[]> parts, boolean before) {
        List<byte[]> all = new ArrayList<>(parts);
        all.add(before ? 0 : all.size(), secret.getEncoded());
        return hmac(all);
    }

    @Override
    public String toString() {
        return "MozelloKey[" + id + "]";
    }
}
