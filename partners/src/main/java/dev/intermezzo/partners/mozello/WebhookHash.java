package dev.intermezzo.partners.mozello;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code X-Mozello-Hash} of Mozello's install, settings and Store API webhooks: standard base64 of the
 * HMAC-SHA256 of the body's raw bytes. A body that was parsed and written again no longer matches, and the header
 * {@code X-Mozello-Alias} is not covered.
 */
public final class WebhookHash {

    /** The header's name. */
    public static final String HEADER = "X-Mozello-Hash";

    private WebhookHash() {}

    /** The header's value for this body. */
    public static String sign(byte[] body, MozelloKey key) {
        return HmacCheck.sign(List.of(body), key);
    }

    /** Judges a received header; codes as in {@link SignatureVerdict.Invalid}. */
    public static SignatureVerdict verify(byte[] body, @Nullable String header, List<MozelloKey> candidates) {
        return HmacCheck.verify(Optional.ofNullable(header), List.of(body), candidates);
    }
}
