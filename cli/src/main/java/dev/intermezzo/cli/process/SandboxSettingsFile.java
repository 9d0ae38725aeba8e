package dev.intermezzo.cli.process;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.http.SandboxSwitch;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;

/** The settings file that the stages of a sandbox share; what differs between processes comes by their environment. */
public final class SandboxSettingsFile {
    private SandboxSettingsFile() {}

    /**
     * Writes it into the data folder, over a former one.
     *
     * @param further settings of this sandbox, by key
     * @throws CommandFailure {@code data-unusable}
     */
    public static Path write(
            Path data, KafkaSettings kafka, TopicSettings topics, URI publicUrl, Map<String, String> further) {
        Properties all = new Properties();
        all.setProperty("accept.incomplete-security", "true");
        all.setProperty(SandboxSwitch.KEY, "true");
        all.setProperty("kafka.bootstrap-servers", kafka.bootstrapServers());
        all.setProperty("kafka.topic-prefix", kafka.topicPrefix());
        all.setProperty("topics.partitions", Integer.toString(topics.partitions()));
        all.setProperty("topics.replication", Integer.toString(topics.replication()));
        all.setProperty("topics.min-in-sync", Integer.toString(topics.minInSync()));
        all.setProperty("keys.dir", data.resolve("keys").toString());
        all.setProperty("ingress.public-url", publicUrl.toString());
        all.putAll(further);
        Path file = data.resolve("stages.properties");
        try (var writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            all.store(writer, "Settings of the sandbox's stages; written at each start.");
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The file " + file + " cannot be written.", e);
        }
        return file;
    }
}
