package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.runtime.kafka.StreamsSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.nio.file.Path;

/**
 * What an operator may choose for the orchestrator. The rules of money are no settings.
 *
 * @param stateDir where its stores lie; kept across restarts, one per process
 */
public record OrchestratorSettings(Path stateDir, StreamsSettings streams) {

    /** {@code orchestrator.state-dir}, {@code streams.*}. */
    public static OrchestratorSettings read(SettingsReader settings) {
        return new OrchestratorSettings(
                settings.about("Folder of the state machine's stores: kept across restarts, one per process.")
                        .path("orchestrator.state-dir", Path.of("data", "orchestrator")),
                StreamsSettings.read(settings));
    }

    /** The defaults for everything in one process. */
    public static OrchestratorSettings sandbox(Path stateDir) {
        return new OrchestratorSettings(stateDir, StreamsSettings.sandbox());
    }
}
