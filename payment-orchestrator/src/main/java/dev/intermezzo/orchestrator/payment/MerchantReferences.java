package dev.intermezzo.orchestrator.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The opaque token for (payment, attempt): the same inputs always give the same token, and nobody reads the payment out
 * of it. An executor that holds a reference key may send a keyed form of the same pair instead, which the edge can read.
 */
final class MerchantReferences {

    /** Characters of a token; the bound of payments, "A payment and its attempts". */
    static final int LENGTH = 32;

    private MerchantReferences() {}

    static String of(String paymentId, int attempt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("intermezzo-reference\0" + paymentId + '\0' + attempt).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, LENGTH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
