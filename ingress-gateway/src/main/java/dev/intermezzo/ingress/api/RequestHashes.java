package dev.intermezzo.ingress.api;

import dev.intermezzo.schemas.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.joda.money.Money;

/** How a request is recognised: by what it is called and by what it asks, each part with its length before it. */
final class RequestHashes {

    private static final int ID_BYTES = 16;
    private static final String PREFIX = "api-";

    private RequestHashes() {}

    /** The same for the same merchant and Idempotency-Key, whichever instance is asked and after any restart. */
    static String id(String merchantId, String idempotencyKey) {
        return PREFIX + HexFormat.of().formatHex(sha256("api-request", merchantId, idempotencyKey), 0, ID_BYTES);
    }

    /** The id of the pay-out that a request of this id asks for, when it belongs to no payment. */
    static String payOutId(String merchantId, String requestId) {
        return Ids.freePayOut(merchantId, requestId.substring(PREFIX.length()));
    }

    /** The id of the request that asked for a pay-out with this hash in its id. */
    static String requestId(String hash) {
        return PREFIX + hash;
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

    /** What a pay-out asks that belongs to no payment. */
    static ByteBuffer payOut(Money amount, String destination, String reference) {
        return ByteBuffer.wrap(sha256(
                "pay-out",
                amount.getAmount().toPlainString(),
                amount.getCurrencyUnit().getCode(),
                destination,
                reference));
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
