package dev.intermezzo.orchestrator.correlator;

import dev.intermezzo.runtime.kafka.StreamsSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an operator may choose for the correlator.
 *
 * @param stateDir where its stores lie; kept across restarts, one per process
 * @param hold how long a webhook that came first waits for its transaction to become known, 1 s to 24 h
 * @param indexRetention how long a transaction leads its webhooks to their payment, 1 d to 800 d; the topic
 *     webhook-index keeps its entries for 400 d
 */
public record CorrelatorSettings(Path stateDir, Duration hold, Duration indexRetention, StreamsSettings streams) {
    static final Duration HOLD = Duration.ofMinutes(15);
    static final Duration INDEX_RETENTION = Duration.ofDays(400);

    /** {@code correlator.state-dir}, {@code correlator.hold}, {@code correlator.index-retention}, {@code streams.*}. */
    public static CorrelatorSettings read(SettingsReader settings) {
        return new CorrelatorSettings(
                settings.about("Folder of the correlator's stores: kept across restarts, one per process.")
                        .path("correlator.state-dir", Path.of("data", "correlator")),
                settings.about("How long a webhook that came first waits for its transaction to become known.")
                        .duration("correlator.hold", HOLD, Duration.ofSeconds(1), Duration.ofHours(24)),
                settings.about(
                                "How long a transaction leads its webhooks to their payment; the topic webhook-index keeps its entries for 400 days.")
                        .duration(
                                "correlator.index-retention",
                                INDEX_RETENTION,
                                Duration.ofDays(1),
                                Duration.ofDays(800)),
                StreamsSettings.read(settings));
    }

    /** The defaults for everything in one process. */
    public static CorrelatorSettings sandbox(Path stateDir) {
        return new CorrelatorSettings(stateDir, HOLD, INDEX_RETENTION, StreamsSettings.sandbox());
    }
}
