package dev.intermezzo.ingress.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.joda.money.Money;

/** How a request is recognised: by what it is called and by what it asks, each part with its length before it. */
final class RequestHashes {

    private static final int ID_BYTES = 16;

    private RequestHashes() {}

    /** The same for the same merchant and Idempotency-Key, whichever instance is asked and after any restart. */
    static String id(String merchantId, String idempotencyKey) {
        return "api-" + HexFormat.of().formatHex(sha256("api-request", merchantId, idempotencyKey), 0, ID_BYTES);
    }

    /** Equal amounts are equal however many zeros they were written with. */
    static ByteBuffer content(String paymentId, Money amount, String reason) {
        return ByteBuffer.wrap(sha256(
                "refund",
                paymentId,
                amount.getAmount().toPlainString(),
                amount.getCurrencyUnit().getCode(),
                reason));
    }

    private static byte[] sha256(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
