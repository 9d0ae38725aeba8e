package dev.intermezzo.sandbox.shop;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mozello's signature, written from the Payment API document, section "Signature": base64 of HMAC-SHA256 over the values
 * of all fields but {@code signature}, joined without separators in their order.
 */
final class PaymentSignature {

    static final String FIELD = "signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    PaymentSignature(String apiKey) {
        this.key = new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    String sign(List<FormField> fields) {
        String message = fields.stream()
                .filter(field -> !field.name().equals(FIELD))
                .map(FormField::value)
                .collect(Collectors.joining());
        return ofBytes(message.getBytes(StandardCharsets.UTF_8));
    }

    /** The same over any bytes, as the header {@code X-Mozello-Hash} has it over a webhook's body. */
    String ofBytes(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", e);
        }
    }

    boolean verify(List<FormField> fields) {
        byte[] right = sign(fields).getBytes(StandardCharsets.US_ASCII);
        return fields.stream()
                .filter(field -> field.name().equals(FIELD))
                .map(field -> field.value().getBytes(StandardCharsets.UTF_8))
                .reduce((earlier, later) -> later)
                .map(given -> MessageDigest.isEqual(given, right))
                .orElse(false);
    }
}
