package dev.intermezzo.cli.topics;

import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how many partitions and copies the topics must have. */
public final class TopicShapeOptions {
    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of each topic, chosen once (default: 24; 3 with --data).")
    private @Nullable Integer partitions;

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "Copies of each partition (default: 3; 1 with --data).")
    private @Nullable Integer replication;

    @Option(
            names = "--min-in-sync",
            paramLabel = "N",
            description = "Copies that must hold a record before its writer is answered (default: 2; 1 with --data).")
    private @Nullable Integer minInSync;

    /**
     * The shape.
     *
     * @param usual where an option is not given
     * @throws SettingsException when it cannot be one
     */
    public TopicSettings settings(TopicSettings usual) {
        Map<String, String> values = new HashMap<>();
        values.put("topics.partitions", text(partitions, usual.partitions()));
        values.put("topics.replication", text(replication, usual.replication()));
        values.put("topics.min-in-sync", text(minInSync, usual.minInSync()));
        SettingsReader reader = new SettingsReader(SettingsSource.of(values));
        TopicSettings settings = TopicSettings.read(reader);
        reader.throwIfAny();
        return settings;
    }

    private static String text(@Nullable Integer given, int usual) {
        return Integer.toString(given == null ? usual : given);
    }
}
