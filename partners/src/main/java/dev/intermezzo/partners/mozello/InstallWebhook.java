package dev.intermezzo.partners.mozello;

import java.util.Map;
import java.util.Optional;

/**
 * The body of an install or a settings webhook of a public gateway (Payment API, webhooks): a site's owner has begun to use
 * the gateway, or has changed its fields. It names no site; {@code X-Mozello-Alias} is not covered by the hash.
 *
 * @param authCode for the Apps API; may be missing, as the official sample expects
 * @param fields by the manifest's ids; among them the merchant's secret
 */
public record InstallWebhook(Optional<String> authCode, Map<String, String> fields) {

    /** The largest body that is read. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    public InstallWebhook {
        fields = Map.copyOf(fields);
    }

    /** Reads a body whose hash was judged before; empty when it is no JSON object. Never throws for any bytes. */
    public static Optional<InstallWebhook> read(byte[] body) {
        return JsonFields.object(body)
                .map(document -> new InstallWebhook(
                        JsonFields.text(document, "authCode"), JsonFields.texts(document.path("fields"))));
    }

    /** The names only. */
    @Override
    public String toString() {
        return "InstallWebhook" + fields.keySet();
    }
}
