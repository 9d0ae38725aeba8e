package dev.intermezzo.cli.doctor;

import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.cli.stage.SettingsReport;
import dev.intermezzo.ingress.spool.SpoolSettings;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a settings file as the stages do, all of them, and names what they would refuse. */
final class SettingsCheck {
    private static final List<String> STATE_DIRS =
            List.of("orchestrator.state-dir", "correlator.state-dir", "notifier.state-dir");

    private final Findings findings;

    SettingsCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * What other checks take from the settings.
     *
     * @param keys the keys folder, where it is set
     * @param topics the topics' shape; empty without a file
     * @param spool where the edge keeps webhooks; empty without a file
     */
    record Read(
            Optional<Path> keys, Optional<TopicSettings> topics, List<Path> stateDirs, Optional<SpoolSettings> spool) {
        /** Without a file: the folders that {@code up} makes. */
        static final Read NOTHING =
                new Read(Optional.empty(), Optional.empty(), List.of(Path.of(".intermezzo")), Optional.empty());

        Read {
            stateDirs = List.copyOf(stateDirs);
        }
    }

    Read check(Path file, Map<String, String> environment) {
        SettingsSource source;
        try {
            source = SettingsSource.of(file, environment);
        } catch (SettingsException e) {
            report(file, e.problems());
            return Read.NOTHING;
        }
        SettingsReport report = SettingsReport.of(source);
        report(file, report.problems());
        List<Path> stateDirs = STATE_DIRS.stream()
                .flatMap(key -> Stream.ofNullable(report.effective().get(key)))
                .map(Path::of)
                .distinct()
                .toList();
        // What of it is refused has been told; it counts as its default here.
        SpoolSettings spool = SpoolSettings.read(new SettingsReader(source));
        return new Read(Optional.of(report.keys()), Optional.of(report.topics()), stateDirs, Optional.of(spool));
    }

    private void report(Path file, List<String> problems) {
        problems.forEach(problem -> findings.problem(
                file.toString(),
                "setting-refused",
                problem,
                "Correct the file or the variable, then start the stage again; docs/settings.md lists every setting."));
    }
}
