package dev.intermezzo.partners.mozarto;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Mozarto's documents leave open about the user token, as settings of an account.
 *
 * @param algorithm not named by the documents; their instructions use a shared secret, so one of the HMAC family
 * @param lifetime how long the token is valid ({@code exp}), above zero and in whole seconds; {@code null} leaves it out
 * @param issuedAt whether the token says when it was made ({@code iat})
 * @param bearerPrefix whether the header's value begins with {@code Bearer }, as in the documents' example
 */
public record UserTokenSettings(
        Algorithm algorithm, @Nullable Duration lifetime, boolean issuedAt, boolean bearerPrefix) {

    /** HS256, ten minutes, {@code iat}, with the prefix. */
    public static final UserTokenSettings DEFAULTS =
            new UserTokenSettings(Algorithm.HS256, Duration.ofMinutes(10), true, true);

    /** The HMAC family of RFC 7518. */
    public enum Algorithm {
        HS256(32),
        HS384(48),
        HS512(64);

        private final int hashBytes;

        Algorithm(int hashBytes) {
            this.hashBytes = hashBytes;
        }

        int hashBytes() {
            return hashBytes;
        }
    }

    /**
     * Checks the lifetime.
     *
     * @throws IllegalArgumentException when it is below one second
     */
    public UserTokenSettings {
        if (lifetime != null && lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("a user token must live for at least one second");
        }
    }
}
