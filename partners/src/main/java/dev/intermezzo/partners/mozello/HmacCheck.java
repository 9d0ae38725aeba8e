package dev.intermezzo.partners.mozello;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes and compares Mozello's signatures: the standard base64, with padding, of a raw HMAC-SHA256.
 *
 * <p>The texts are compared, not the bytes they decode to: of the several base64 spellings of 32 bytes Mozello's own
 * verifier accepts only the canonical one, and so does this one. The comparison takes the same time wherever texts
 * differ; every candidate key costs the same work whether or not an earlier one matched, and a message for which there is
 * no key costs the work of one, so that the answer's time does not tell which integrations exist.
 */
final class HmacCheck {

    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{43}=");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]*={0,2}");

    private static final MozelloKey NO_KEY = MozelloKey.of("none", "work without a key");

    private HmacCheck() {}

    static String sign(List<byte[]> message, MozelloKey key) {
        return Base64.getEncoder().encodeToString(key.hmac(message));
    }

    static SignatureVerdict verify(Optional<String> presented, List<byte[]> message, List<MozelloKey> candidates) {
        Optional<SignatureVerdict.Invalid> misshapen = misshapen(presented.orElse(""));
        if (misshapen.isPresent()) {
            return misshapen.get();
        }
        byte[] signature = presented.orElse("").getBytes(StandardCharsets.US_ASCII);
        Optional<String> matched = Optional.empty();
        for (MozelloKey key : candidates) {
            if (matches(signature, message, key) && matched.isEmpty()) {
                matched = Optional.of(key.id());
            }
        }
        if (candidates.isEmpty()) {
            matches(signature, message, NO_KEY);
        }
        return matched.<SignatureVerdict>map(SignatureVerdict.Valid::new)
                .orElseGet(() -> new SignatureVerdict.Invalid(
                        "signature-wrong", "The signature was not made over this message with a key known here."));
    }

    private static boolean matches(byte[] signature, List<byte[]> message, MozelloKey key) {
        return MessageDigest.isEqual(sign(message, key).getBytes(StandardCharsets.US_ASCII), signature);
    }

    private static Optional<SignatureVerdict.Invalid> misshapen(String signature) {
        if (signature.isEmpty()) {
            return invalid("signature-missing", "There is no signature.");
        }
        if (SIGNATURE.matcher(signature).matches()) {
            return Optional.empty();
        }
        if (HEX.matcher(signature).matches()) {
            return invalid("signature-hex", "The signature is in hexadecimal; Mozello's is standard base64.");
        }
        if (BASE64.matcher(signature).matches()) {
            return invalid("signature-length", "The signature is not the base64 of 32 bytes: 43 characters and one =.");
        }
        return invalid("signature-not-base64", "The signature is not standard base64 (letters, digits, + / and =).");
    }

    private static Optional<SignatureVerdict.Invalid> invalid(String code, String sentence) {
        return Optional.of(new SignatureVerdict.Invalid(code, sentence));
    }
}
