package dev.intermezzo.partners.mozarto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of the header {@value #HEADER}: a JWT in which the merchant tells who the buyer is, signed with the
 * account's secret key (Mozarto Cashier API, authentication). Anything that is no JWT makes the Cashier hang until 504,
 * so nothing incomplete is ever signed. {@code emailVerified} is left out: nobody has proved it.
 */
public final class UserToken {

    /** The header that carries the token. */
    public static final String HEADER = "x-user-token";

    /** A shorter secret is a mistake in copying, not a secret. */
    public static final int SHORTEST_SECRET_BYTES = 8;

    private static final Pattern COMPACT = Pattern.compile("(?:Bearer )?([\\w-]+\\.[\\w-]+\\.[\\w-]+)");

    private UserToken() {}

    /** What came of making a token. */
    public sealed interface Result {

        /**
         * The token is made.
         *
         * @param headerValue the header's value; secret
         */
        record Ready(String headerValue) implements Result {

            @Override
            public String toString() {
                return "Ready[user token]";
            }
        }

        /** Claims are missing or not good enough; by name, never by value. */
        record Incomplete(List<FieldProblem> problems) implements Result {}
    }

    /**
     * Makes a token.
     *
     * @param operation whose provider will read the claims; its own rules hold for them
     * @param userId the same as in the request
     * @param secret the account's secret key as bytes (UTF-8 of the text the back office shows), at least
     *     {@value #SHORTEST_SECRET_BYTES}. RFC 7518 wants a key as long as the hash, but the length of Mozarto's
     *     secrets is unknown and theirs to choose; see {@link #weak}
     * @throws IllegalArgumentException when the secret is shorter than that
     */
    public static Result make(
            ProviderOperation operation,
            String userId,
            BuyerDetails buyer,
            UserTokenSettings settings,
            byte[] secret,
            Instant now) {
        if (secret.length < SHORTEST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the account's secret key has fewer than " + SHORTEST_SECRET_BYTES + " bytes; copy it again");
        }
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        List<FieldProblem> problems = UserClaims.add(claims, operation, userId, buyer);
        if (!problems.isEmpty()) {
            return new Result.Incomplete(problems);
        }
        if (settings.issuedAt()) {
            claims.issueTime(Date.from(now));
        }
        Duration lifetime = settings.lifetime();
        if (lifetime != null) {
            claims.expirationTime(Date.from(now.plus(lifetime)));
        }
        String token = sign(claims.build(), settings.algorithm(), secret);
        return new Result.Ready(settings.bearerPrefix() ? "Bearer " + token : token);
    }

    /** Whether a secret is shorter than RFC 7518 wants for this algorithm: it works, and an operator should know. */
    public static boolean weak(byte[] secret, UserTokenSettings.Algorithm algorithm) {
        return secret.length < algorithm.hashBytes();
    }

    /**
     * Whether a value of the header is a signed JWT that says something: three parts in base64url (RFC 7515, section 7.1),
     * the head and the claims JSON objects, and at least one claim. The Cashier hangs on anything that is no JWT, and takes
     * one without claims for no user at all (Mozarto Cashier API, authentication). The signature is not looked at.
     *
     * @param headerValue with the prefix {@code Bearer} or without
     */
    public static boolean wellFormed(String headerValue) {
        Matcher compact = COMPACT.matcher(headerValue);
        if (!compact.matches()) {
            return false;
        }
        try {
            @Nullable
            Map<String, Object> claims =
                    JWSObject.parse(compact.group(1)).getPayload().toJSONObject();
            return claims != null && !claims.isEmpty();
        } catch (ParseException noJws) {
            return false;
        }
    }

    private static String sign(JWTClaimsSet claims, UserTokenSettings.Algorithm algorithm, byte[] secret) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(jws(algorithm)).type(JOSEObjectType.JWT).build(), claims);
        try {
            token.sign(new MACSigner(atLeast(algorithm.hashBytes(), secret)));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("a key of sufficient length was refused", impossible);
        }
        return token.serialize();
    }

    // The library refuses keys shorter than the hash. HMAC itself fills a short key with zero bytes up to the hash's
    // block (RFC 2104, section 2), so filling it here gives the very signature that the short key gives: no weaker, and
    // verifiable by anybody who holds the secret as it is.
    private static byte[] atLeast(int length, byte[] secret) {
        return secret.length >= length ? secret : Arrays.copyOf(secret, length);
    }

    private static JWSAlgorithm jws(UserTokenSettings.Algorithm algorithm) {
        return switch (algorithm) {
            case HS256 -> JWSAlgorithm.HS256;
            case HS384 -> JWSAlgorithm.HS384;
            case HS512 -> JWSAlgorithm.HS512;
        };
    }
}
