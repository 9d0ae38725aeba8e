package dev.intermezzo.ingress.api;

import dev.intermezzo.schemas.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code imk.<merchant>.<key id>.<secret>}, the secret 256 bits in base64url. The beginning
 * lets scanners of repositories find one that was committed by mistake.
 */
public final class ApiToken {

    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("imk\\.(" + Ids.NAME + ")\\.(" + Ids.NAME + ")\\.([A-Za-z0-9_-]{43})");

    /** Longer texts are refused before any work is done on them. */
    private static final int LONGEST = 160;

    private final String merchantId;
    private final String keyId;
    private final String secret;

    private ApiToken(String merchantId, String keyId, String secret) {
        this.merchantId = merchantId;
        this.keyId = keyId;
        this.secret = secret;
    }

    /** Draws a secret. */
    public static ApiToken issue(String merchantId, String keyId, SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new ApiToken(
                merchantId, keyId, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty for a text that is none. */
    public static Optional<ApiToken> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return text.length() <= LONGEST && parts.matches()
                ? Optional.of(new ApiToken(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    public String merchantId() {
        return merchantId;
    }

    public String keyId() {
        return keyId;
    }

    /** The whole key; for its holder, once. */
    public String reveal() {
        return "imk." + merchantId + '.' + keyId + '.' + secret;
    }

    /** SHA-256 of the secret: 256 random bits need no slower hash. */
    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiToken[" + merchantId + '.' + keyId + ']';
    }
}
