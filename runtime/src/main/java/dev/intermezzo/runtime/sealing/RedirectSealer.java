package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.Aead;
import dev.intermezzo.schemas.avro.SealedUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Seals provider addresses on their way from the executor to the buyer. Associated data: payment id and attempt. */
public final class RedirectSealer {
    private final Aead aead;

    /** Needs {@link Keyset#REDIRECTS}. */
    public RedirectSealer(SealingKeys keys) {
        this.aead = keys.aead(Keyset.REDIRECTS);
    }

    public SealedUrl seal(String paymentId, int attempt, URI address) {
        try {
            byte[] plain = address.toString().getBytes(StandardCharsets.UTF_8);
            return new SealedUrl(ByteBuffer.wrap(aead.encrypt(plain, context(paymentId, attempt))));
        } catch (GeneralSecurityException e) {
            throw new SealingException("The redirect of payment " + paymentId + " could not be sealed.", e);
        }
    }

    /** @throws SealingException when it was sealed for another payment or attempt */
    public URI open(String paymentId, int attempt, SealedUrl sealed) {
        try {
            byte[] plain = aead.decrypt(Bytes.of(sealed.getCiphertext()), context(paymentId, attempt));
            return new URI(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new SealingException("The redirect of payment " + paymentId + " could not be opened.", e);
        } catch (URISyntaxException e) {
            // The cause would print the address.
            throw new SealingException("The redirect of payment " + paymentId + " is not an address.");
        }
    }

    private static byte[] context(String paymentId, int attempt) {
        return Context.of("redirect", paymentId, Integer.toString(attempt));
    }
}
