package dev.intermezzo.partners.mozarto;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Values of the header {@value #HEADER}: the buyer's session with us (Mozarto Cashier API, authentication). Mozarto does not
 * read it, but calls our verification address with it before it routes, so it can be a token for us alone: a JWE of AES-256
 * in GCM (RFC 7516, {@code dir}, {@code A256GCM}) that says who the buyer is. Whoever verifies needs no record of the buyer
 * and no key to what buyers told us; it opens only what Mozarto hands back.
 */
public final class SessionTokens {

    /** The header that carries the token. */
    public static final String HEADER = "x-user-authorization";

    /** Longer texts are not looked at: they come from outside. The longest of ours has some 6,000 characters. */
    public static final int MAX_CHARACTERS = 8_192;

    private static final String ACCOUNT = "account";
    private static final int KEY_BYTES = 32;

    /** By the head of the tokens that each seals, as it stands in them. */
    private final Map<String, SecretKey> keys;

    private final JWEHeader writing;

    /**
     * @param keys 32 bytes each, by name; the first one seals, all open
     * @throws IllegalArgumentException when there is none, or one has another length
     */
    public SessionTokens(SequencedMap<String, byte[]> keys) {
        if (keys.isEmpty() || keys.values().stream().anyMatch(key -> key.length != KEY_BYTES)) {
            throw new IllegalArgumentException("session tokens need keys of " + KEY_BYTES + " bytes");
        }
        Map<String, SecretKey> usable = new LinkedHashMap<>();
        keys.forEach((name, bytes) -> usable.put(head(name).toBase64URL().toString(), new SecretKeySpec(bytes, "AES")));
        this.keys = Map.copyOf(usable);
        this.writing = head(keys.firstEntry().getKey());
    }

    private static JWEHeader head(String key) {
        return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .type(JOSEObjectType.JWT)
                .keyID(key)
                .build();
    }

    /** What a text turned out to be. */
    public sealed interface Reading {

        /**
         * A token of ours for this account, in its time.
         *
         * @param user the documented fields of the user token, {@code userId} among them, in their order; personal
         */
        record Valid(SequencedMap<String, String> user) implements Reading {

            public Valid {
                user = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(user));
            }

            @Override
            public String toString() {
                return "Valid[user]";
            }
        }

        /** A token of ours for this account whose time is over. */
        record Expired() implements Reading {}

        /** Anything else, for whatever reason. */
        record Invalid() implements Reading {}
    }

    /**
     * Makes a token.
     *
     * @param account id of the account at which alone it will be valid
     * @param operation whose provider will be told the claims; its own rules hold for them
     * @param userId the same as in the request
     * @param lifetime from now
     */
    public UserToken.Result make(
            String account,
            ProviderOperation operation,
            String userId,
            BuyerDetails buyer,
            Duration lifetime,
            Instant now) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        List<FieldProblem> problems = UserClaims.add(claims, operation, userId, buyer);
        if (!problems.isEmpty()) {
            return new UserToken.Result.Incomplete(problems);
        }
        claims.claim(ACCOUNT, account).issueTime(Date.from(now)).expirationTime(Date.from(now.plus(lifetime)));
        return new UserToken.Result.Ready("Bearer " + sealed(claims.build()));
    }

    /** Reads a token that claims to be one of this account. */
    public Reading read(String account, String token, Instant now) {
        return opened(token).map(claims -> judged(account, claims, now)).orElseGet(Reading.Invalid::new);
    }

    private Reading judged(String account, JWTClaimsSet claims, Instant now) {
        @Nullable Date end = claims.getExpirationTime();
        if (end == null || !account.equals(claims.getClaim(ACCOUNT))) {
            return new Reading.Invalid();
        }
        return now.isBefore(end.toInstant()) ? new Reading.Valid(user(claims)) : new Reading.Expired();
    }

    private static SequencedMap<String, String> user(JWTClaimsSet claims) {
        SequencedMap<String, String> user = new LinkedHashMap<>();
        user.put(UserClaims.USER_ID, String.valueOf(claims.getClaim(UserClaims.USER_ID)));
        EligibilityCheck.TOKEN_CLAIMS.forEach(
                field -> user.put(field.key(), String.valueOf(claims.getClaim(field.key()))));
        return user;
    }

    private String sealed(JWTClaimsSet claims) {
        EncryptedJWT token = new EncryptedJWT(writing, claims);
        try {
            token.encrypt(new DirectEncrypter(
                    Objects.requireNonNull(keys.get(writing.toBase64URL().toString()))));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("a key of the right length was refused", impossible);
        }
        return token.serialize();
    }

    private Optional<JWTClaimsSet> opened(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        // Only what begins, letter for letter, as we write it is looked at: no other algorithm, nothing packed.
        SecretKey key = keys.get(text.substring(0, Math.max(0, text.indexOf('.'))));
        if (key == null) {
            return Optional.empty();
        }
        try {
            EncryptedJWT token = EncryptedJWT.parse(text);
            token.decrypt(new DirectDecrypter(key));
            return Optional.ofNullable(token.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
