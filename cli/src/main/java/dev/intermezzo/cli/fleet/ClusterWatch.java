package dev.intermezzo.cli.fleet;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Looks every second whether a cluster is whole: every node in service, and every partition on as many nodes as it should be.
 * A struggling cluster takes long to answer; whoever asks here is answered at once, with the last finding.
 */
final class ClusterWatch implements AutoCloseable {
    private static final int ANSWER_SECONDS = 5;
    private static final Set<TransactionState> BEING_DONE = Set.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_EPOCH_FENCE,
            TransactionState.UNKNOWN);

    private final Admin admin;
    private final int nodes;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread looking;
    private volatile boolean whole;

    ClusterWatch(KafkaSettings kafka, int nodes) {
        this.admin = KafkaClients.admin(kafka, "fleet");
        this.nodes = nodes;
        this.looking = Thread.ofVirtual().name("cluster-watch").start(this::look);
    }

    boolean isWhole() {
        return whole;
    }

    private void look() {
        try {
            do {
                whole = found();
            } while (!closing.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A cluster that does not answer is not whole. */
    private boolean found() {
        try {
            if (admin.describeCluster()
                            .nodes()
                            .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                            .size()
                    < nodes) {
                return false;
            }
            return described().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .noneMatch(ClusterWatch::isShort);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Collection<TopicDescription> described() throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        return admin.describeTopics(topics)
                .allTopicNames()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .values();
    }

    private static boolean isShort(TopicPartitionInfo partition) {
        return partition.isr().size() < partition.replicas().size();
    }

    /** Writes down what may keep readers and writers waiting: partitions with missing copies, and open transactions. */
    void describe(Path file) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try {
            described().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .filter(ClusterWatch::isShort)
                            .map(partition -> topic.name() + " " + partition))
                    .forEach(lines::add);
            Collection<TransactionListing> open =
                    admin.listTransactions().all().get(ANSWER_SECONDS, TimeUnit.SECONDS).stream()
                            .filter(each -> BEING_DONE.contains(each.state()))
                            .toList();
            for (TransactionListing each : open) {
                lines.add(each.transactionalId() + " "
                        + admin.describeTransactions(List.of(each.transactionalId()))
                                .description(each.transactionalId())
                                .get(ANSWER_SECONDS, TimeUnit.SECONDS));
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            lines.add("The cluster did not answer: " + e);
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the state of the cluster could not be written down", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        looking.interrupt();
        admin.close(Duration.ZERO);
    }
}
