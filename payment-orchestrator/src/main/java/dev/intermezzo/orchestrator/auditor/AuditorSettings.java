package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.runtime.kafka.StreamsSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.nio.file.Path;

/**
 * What an operator may choose for the auditor. The rules it checks are no settings.
 *
 * @param stateDir where its stores lie; kept across restarts, one per process
 */
public record AuditorSettings(Path stateDir, StreamsSettings streams) {

    /** {@code auditor.state-dir}, {@code streams.*}. */
    public static AuditorSettings read(SettingsReader settings) {
        return new AuditorSettings(
                settings.about("Folder of the auditor's stores: kept across restarts, one per process.")
                        .path("auditor.state-dir", Path.of("data", "auditor")),
                StreamsSettings.read(settings));
    }

    /** The defaults for everything in one process. */
    public static AuditorSettings sandbox(Path stateDir) {
        return new AuditorSettings(stateDir, StreamsSettings.sandbox());
    }
}
