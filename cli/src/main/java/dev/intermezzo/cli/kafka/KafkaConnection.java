package dev.intermezzo.cli.kafka;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A Kafka that answered. Closing it stops the embedded broker, when there is one. */
public final class KafkaConnection implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final KafkaSettings settings;
    private final Set<String> topics;
    private final Runnable afterwards;
    private @Nullable SchemaTopic schemas;

    private KafkaConnection(KafkaSettings settings, Set<String> topics, Runnable afterwards) {
        this.settings = settings;
        this.topics = topics;
        this.afterwards = afterwards;
    }

    /**
     * @param afterwards run when the connection is closed, and when it cannot be opened
     * @throws CommandFailure {@code kafka-unreachable}
     */
    public static KafkaConnection open(KafkaSettings settings, Runnable afterwards) {
        try {
            if (!BrokerProbe.anyAnswers(settings.bootstrapServers())) {
                throw unreachable(settings.bootstrapServers(), null);
            }
            return new KafkaConnection(settings, topics(settings), afterwards);
        } catch (RuntimeException e) {
            afterwards.run();
            throw e;
        }
    }

    public KafkaSettings settings() {
        return settings;
    }

    /**
     * Every schema that was ever written with, read to the topic's end: one that is not there now is not waited for.
     *
     * @throws CommandFailure {@code topic-missing} when the installation has no {@code schemas} topic
     */
    public synchronized SchemaTopic schemas() {
        SchemaTopic known = schemas;
        if (known != null) {
            return known;
        }
        requireTopic(settings.named(Topics.SCHEMAS_NAME));
        SchemaTopic read = new SchemaTopic(settings, Duration.ZERO);
        schemas = read;
        read.start();
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (!read.ready()) {
            if (System.nanoTime() > deadline) {
                throw unreachable(settings.bootstrapServers(), null);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return read;
    }

    /**
     * @param topic full name
     * @throws CommandFailure {@code topic-missing}
     */
    public void requireTopic(String topic) {
        if (!topics.contains(topic)) {
            throw new CommandFailure(
                    "topic-missing",
                    "Kafka at " + settings.bootstrapServers() + " has no topic " + topic
                            + ". Is this the right cluster and --topic-prefix? 'intermezzo topics apply' creates topics.");
        }
    }

    @Override
    public synchronized void close() {
        if (schemas != null) {
            schemas.close();
        }
        afterwards.run();
    }

    static CommandFailure unreachable(String servers, @Nullable Throwable cause) {
        String message = "No Kafka broker answers at " + servers
                + ". Is it running and is --bootstrap-servers (INTERMEZZO_KAFKA_BOOTSTRAP_SERVERS) right? "
                + "For a kept embedded broker that is stopped, give its folder with --data.";
        return cause == null
                ? new CommandFailure("kafka-unreachable", message)
                : new CommandFailure("kafka-unreachable", message, cause);
    }

    private static Set<String> topics(KafkaSettings settings) {
        try (Admin admin = KafkaClients.admin(settings, "cli")) {
            return Set.copyOf(admin.listTopics().names().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unreachable(settings.bootstrapServers(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(settings.bootstrapServers(), e);
        }
    }
}
