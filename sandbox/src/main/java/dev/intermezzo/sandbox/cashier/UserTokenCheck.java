package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Judges {@code x-user-token}, "Authentication" page: a JWT signed with the company's secret key that carries six
 * claims. HS256 is <b>inferred</b> there; that a wrong signature or a missing claim answers 401 is <b>invented</b>.
 */
final class UserTokenCheck {

    static final String HEADER = "x-user-token";

    private static final String PREFIX = "Bearer ";
    private static final List<String> CLAIMS =
            List.of("userId", "email", "firstName", "lastName", "phone", "countryCode");

    private final ObjectMapper json;
    private final SecretKeySpec key;

    UserTokenCheck(ObjectMapper json, String secretKey) {
        this.json = json;
        this.key = new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    enum Verdict {
        ACCEPTED,
        MISSING,
        /** Documented: such a request hangs until a 504. */
        NOT_A_JWT,
        WRONG_SIGNATURE,
        CLAIM_MISSING
    }

    Verdict judge(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Verdict.MISSING;
        }
        String[] parts = parts(header);
        if (parts.length != 3) {
            return Verdict.NOT_A_JWT;
        }
        try {
            JsonNode head = decoded(parts[0]);
            JsonNode claims = decoded(parts[1]);
            if (!head.path("alg").asText().equals("HS256") || !signed(parts)) {
                return Verdict.WRONG_SIGNATURE;
            }
            boolean complete = CLAIMS.stream()
                    .allMatch(claim -> !PayInRequest.text(claims, claim).isBlank());
            return complete ? Verdict.ACCEPTED : Verdict.CLAIM_MISSING;
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.NOT_A_JWT;
        }
    }

    /** What an accepted token says; nothing of any other. */
    JsonNode claims(@Nullable String header) {
        try {
            return judge(header) == Verdict.ACCEPTED && header != null
                    ? decoded(parts(header)[1])
                    : json.createObjectNode();
        } catch (IOException e) {
            throw new IllegalStateException("an accepted token was read before", e);
        }
    }

    private static String[] parts(String header) {
        String token = header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : header;
        return token.split("\\.", -1);
    }

    private JsonNode decoded(String part) throws IOException {
        JsonNode node = json.readTree(Base64.getUrlDecoder().decode(part));
        if (node == null || !node.isObject()) {
            throw new IOException("not a JSON object");
        }
        return node;
    }

    private boolean signed(String[] parts) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            byte[] right = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return MessageDigest.isEqual(right, Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }
}
