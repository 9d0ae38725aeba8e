package dev.intermezzo.cli.stage;

import dev.intermezzo.cli.kafka.BrokerProbe;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicProblem;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TopicsUnfitException;
import dev.intermezzo.runtime.lifecycle.ManagementSettings;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.schemas.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What can be wrong around a stage, found before it starts and told with what to do. */
final class StartChecks {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private StartChecks() {}

    /** @throws CommandFailure {@code port-in-use} */
    static void ports(List<StageSet.ListeningPort> ports, ManagementSettings management) {
        ports.forEach(StartChecks::port);
        port(new StageSet.ListeningPort(management.host(), management.port(), "management.port"));
    }

    /** @throws CommandFailure {@code state-dir-unusable} */
    static void stateDir(String setting, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(setting, folder, e);
        }
        if (!Files.isWritable(folder)) {
            throw unusable(setting, folder, null);
        }
    }

    /** @throws CommandFailure {@code keys-unusable} */
    static SealingKeys keys(Path folder, Set<Keyset> keysets) {
        try {
            return SealingKeys.load(folder, keysets);
        } catch (SealingException e) {
            throw new CommandFailure(
                    "keys-unusable",
                    e.getMessage() + " The setting " + named("keys.dir")
                            + " names the folder; this stage needs the files " + files(keysets)
                            + ". 'intermezzo keys add' draws what an update has added.",
                    e);
        }
    }

    /** @throws CommandFailure {@code kafka-unreachable} when no broker answers in time */
    static void kafka(KafkaSettings kafka, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (!BrokerProbe.anyAnswers(kafka.bootstrapServers())) {
            if (System.nanoTime() > end) {
                throw unreachable(kafka, wait, null);
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** @throws CommandFailure {@code topics-unfit}, naming each topic */
    static void topics(KafkaSettings kafka, TopicSettings shape, List<Topic<?>> topics, Duration wait) {
        try (TopicAdmin admin = new TopicAdmin(kafka, shape)) {
            admin.require(topics);
        } catch (TopicsUnfitException e) {
            boolean applicable = e.problems().stream().anyMatch(TopicProblem::isApplicable);
            throw new CommandFailure(
                    "topics-unfit",
                    e.getMessage() + "\n"
                            + (applicable
                                    ? "'intermezzo topics apply' creates and sets what can be; 'topics plan' shows it first. "
                                    : "")
                            + "Settings: " + named("kafka.topic-prefix") + ", " + named("topics.partitions") + ", "
                            + named("topics.replication") + ".",
                    e);
        } catch (KafkaException e) {
            throw unreachable(kafka, wait, e);
        }
    }

    private static void port(StageSet.ListeningPort wanted) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(wanted.host()), wanted.port()));
        } catch (IOException e) {
            throw new CommandFailure(
                    "port-in-use",
                    "Nothing can listen on " + wanted.host() + ":" + wanted.port() + " (" + e.getMessage()
                            + "). Stop what does, or choose another port with " + named(wanted.setting()) + ".",
                    e);
        }
    }

    private static CommandFailure unusable(String setting, Path folder, @Nullable IOException e) {
        String message = "The folder " + folder + " cannot be written; " + named(setting)
                + " names one that is kept across restarts and belongs to this process alone.";
        return e == null
                ? new CommandFailure("state-dir-unusable", message)
                : new CommandFailure("state-dir-unusable", message, e);
    }

    private static CommandFailure unreachable(KafkaSettings kafka, Duration wait, @Nullable KafkaException cause) {
        String message = "No Kafka broker answered at " + kafka.bootstrapServers() + " within " + wait.toSeconds()
                + " s. Is it running, and is " + named("kafka.bootstrap-servers") + " right?";
        return cause == null
                ? new CommandFailure("kafka-unreachable", message)
                : new CommandFailure("kafka-unreachable", message, cause);
    }

    private static String files(Set<Keyset> keysets) {
        return String.join(", ", keysets.stream().map(Keyset::fileName).sorted().toList());
    }

    private static String named(String setting) {
        return setting + " (" + SettingsSource.environmentName(setting) + ")";
    }
}
