package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Says that a rebuild has begun and not ended: an empty topic. While it is there the stores are half written, so no
 * orchestrator starts; a rebuild that was interrupted is begun again.
 */
final class RebuildMark {
    /** Name without the installation's prefix. */
    static final String NAME = "rebuild-unfinished";

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final String topic;

    RebuildMark(Admin admin, KafkaSettings kafka) {
        this.admin = admin;
        this.topic = kafka.named(NAME);
    }

    /** @throws RebuildUnfinishedException when a rebuild was begun and not ended */
    static void refuse(KafkaSettings kafka) {
        try (Admin admin = KafkaClients.admin(kafka, "rebuild-mark")) {
            if (new RebuildMark(admin, kafka).isSet()) {
                throw new RebuildUnfinishedException(kafka.named(NAME));
            }
        }
    }

    boolean isSet() {
        return await(admin.listTopics().names()).contains(topic);
    }

    void set() {
        NewTopic mark = new NewTopic(topic, Optional.of(1), Optional.empty());
        try {
            await(admin.createTopics(List.of(mark)).all());
        } catch (TopicExistsException e) {
            // left by a rebuild that was interrupted
        }
    }

    void clear() {
        try {
            await(admin.deleteTopics((Collection<String>) List.of(topic)).all());
        } catch (UnknownTopicOrPartitionException e) {
            // nothing to clear
        }
    }

    static <V> V await(KafkaFuture<V> future) {
        try {
            return future.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + WAIT.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while waiting for Kafka.", e);
        }
    }
}
