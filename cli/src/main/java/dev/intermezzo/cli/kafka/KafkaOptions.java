package dev.intermezzo.cli.kafka;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.sandbox.broker.BrokerStartException;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which Kafka a command talks to. */
public final class KafkaOptions {
    /** Commands come and go; two at the same time do no harm, because none of them joins a group. */
    private static final String INSTANCE = "cli";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:INTERMEZZO_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
            description = "Kafka to talk to, several separated by commas (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private String bootstrapServers;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "${env:INTERMEZZO_KAFKA_TOPIC_PREFIX:-intermezzo.}",
            description = "Prefix of the installation's topics (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private String topicPrefix;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder of 'up' or 'demo', while that is not running; its broker is started for this command.")
    private @Nullable Path data;

    /** The data folder whose broker the command starts itself, if it was given one. */
    public Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /** Whether the command starts the embedded broker itself: one node, so topics have one copy. */
    public boolean isEmbedded() {
        return data != null;
    }

    /**
     * Connects, and waits until a broker answers.
     *
     * @throws CommandFailure {@code kafka-unreachable} when none does within ten seconds, {@code broker-not-started} when
     *     the embedded one does not start
     */
    public KafkaConnection open() {
        if (data == null) {
            return KafkaConnection.open(settings(bootstrapServers), () -> {});
        }
        try {
            EmbeddedBroker broker = EmbeddedBroker.keptIn(kept(data), 0);
            return KafkaConnection.open(settings(broker.bootstrapServers()), broker::close);
        } catch (BrokerStartException e) {
            throw new CommandFailure(
                    "broker-not-started",
                    e.getMessage() + " A folder serves one broker at a time: is it still in use?",
                    e);
        }
    }

    /** The broker's folder in a data folder, or that folder itself. A new broker is never made by looking. */
    private static Path kept(Path folder) {
        return Stream.of(folder.resolve("kafka"), folder)
                .filter(candidate -> Files.isDirectory(candidate.resolve("data")))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "broker-not-started",
                        "No broker was kept in " + folder + "; --data names the data folder of 'up' or 'demo'."));
    }

    private KafkaSettings settings(String servers) {
        return new KafkaSettings(servers, topicPrefix, INSTANCE);
    }
}
