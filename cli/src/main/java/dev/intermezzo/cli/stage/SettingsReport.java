package dev.intermezzo.cli.stage;

import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the stages would say to a file of settings that serves all of them; nothing is started.
 *
 * @param problems what they would refuse, each once
 * @param effective every setting as it would count
 */
public record SettingsReport(List<String> problems, Map<String, String> effective, TopicSettings topics, Path keys) {

    public SettingsReport {
        problems = List.copyOf(problems);
        effective = Map.copyOf(effective);
    }

    public static SettingsReport of(SettingsSource source) {
        SettingsReader reader = new SettingsReader(source);
        ProcessSettings process = ProcessSettings.read(reader);
        for (StageRole role : StageRole.values()) {
            role.read(reader);
        }
        List<String> problems = List.of();
        try {
            reader.throwIfAny();
        } catch (SettingsException e) {
            problems = e.problems().stream().distinct().toList();
        }
        return new SettingsReport(problems, reader.effective(), process.topics(), process.keysDir());
    }
}
