package dev.intermezzo.ingress.spool;

import dev.intermezzo.runtime.settings.SettingsReader;
import java.nio.file.Path;

/**
 * Settings of the spool for webhooks.
 *
 * @param dir folder of this process alone, kept across restarts
 * @param maxBytes what the spool may take of the disk; beyond it webhooks are answered 503
 * @param maxRecords how many webhooks it may hold
 */
public record SpoolSettings(Path dir, long maxBytes, int maxRecords) {

    /** A webhook is well below a kilobyte as a rule, at most some 70 KiB. */
    private static final long LEAST_BYTES = 256 << 10;

    /** {@code webhook.spool.dir}, {@code webhook.spool.max-bytes}, {@code webhook.spool.max-records}. */
    public static SpoolSettings read(SettingsReader settings) {
        return new SpoolSettings(
                settings.about(
                                "Where webhooks are kept, sealed, while Kafka does not take them: a folder of this process alone on a disk that outlives it.")
                        .path("webhook.spool.dir", Path.of("data", "webhook-spool")),
                settings.about("What the spool may take of the disk; webhooks beyond it are answered 503.")
                        .bytes("webhook.spool.max-bytes", 256 << 20, LEAST_BYTES, 64L << 30),
                settings.about("How many webhooks the spool may hold; those beyond it are answered 503.")
                        .integer("webhook.spool.max-records", 200_000, 1, 100_000_000));
    }
}
