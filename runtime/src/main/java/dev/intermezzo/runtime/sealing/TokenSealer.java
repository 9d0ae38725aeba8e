package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/** Seals the tokens in buyers' addresses and cookies: url-safe text that only the ingress reads. */
public final class TokenSealer {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    /** Longer texts are not looked at: they come from outside. */
    private static final int MAX_TEXT = 8_192;

    private final Aead aead;

    /** Needs {@link Keyset#TOKENS}. */
    public TokenSealer(SealingKeys keys) {
        this.aead = keys.aead(Keyset.TOKENS);
    }

    /** @param purpose a token opens for no other purpose */
    public String seal(String purpose, byte[] content) {
        try {
            return ENCODER.encodeToString(aead.encrypt(content, context(purpose)));
        } catch (GeneralSecurityException e) {
            throw new SealingException("A token (" + purpose + ") could not be sealed.", e);
        }
    }

    /** Empty when the text is no token of this purpose and installation, whatever the reason. */
    public Optional<byte[]> open(String purpose, String token) {
        if (token.length() > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            byte[] sealed = DECODER.decode(token);
            // One token has one text: the last character's spare bits would otherwise give it several.
            return ENCODER.encodeToString(sealed).equals(token)
                    ? Optional.of(aead.decrypt(sealed, context(purpose)))
                    : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] context(String purpose) {
        return Context.of("token", purpose);
    }
}
