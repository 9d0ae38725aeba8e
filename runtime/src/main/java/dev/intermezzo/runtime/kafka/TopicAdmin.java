package dev.intermezzo.runtime.kafka;

import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates and checks the installation's topics: {@code topics plan} and {@code topics apply}, and each stage's own check at
 * its start. The {@code schemas} topic is always included, and with {@code once-commands} the first offsets of the group
 * that executes them ({@link TopicProblem.Kind#OFFSETS}). All methods wait for the brokers, at most thirty seconds each.
 *
 * @see TopicShape
 */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Admin admin;
    private final KafkaSettings kafka;
    private final TopicSettings settings;
    private final OnceOffsets onceOffsets;

    public TopicAdmin(KafkaSettings kafka, TopicSettings settings) {
        this.admin = KafkaClients.admin(kafka, "topics");
        this.kafka = kafka;
        this.settings = settings;
        this.onceOffsets = new OnceOffsets(admin, kafka);
    }

    /**
     * What differs from what must be, in the order of the topics; nothing is changed.
     *
     * @throws KafkaException when the brokers cannot be asked
     */
    public List<TopicProblem> plan(Collection<? extends Topic<?>> topics) {
        return compare(shapes(topics));
    }

    /**
     * Creates what is missing, sets what differs, and waits until the brokers know; returns what remains for a person to
     * solve.
     */
    public List<TopicProblem> apply(Collection<? extends Topic<?>> topics) {
        List<TopicShape> shapes = shapes(topics);
        Map<TopicProblem.Kind, Set<String>> topicsWith = compare(shapes).stream()
                .collect(Collectors.groupingBy(
                        TopicProblem::kind, Collectors.mapping(TopicProblem::topic, Collectors.toSet())));
        Set<String> missing = topicsWith.getOrDefault(TopicProblem.Kind.MISSING, Set.of());
        Set<String> differing = topicsWith.getOrDefault(TopicProblem.Kind.SETTING, Set.of());
        create(shapes.stream().filter(shape -> missing.contains(shape.name())).toList());
        configure(shapes.stream()
                .filter(shape -> differing.contains(shape.name()))
                .toList());
        seed(shapes, !missing.contains(kafka.topic(Topics.ONCE_CLAIMS)));
        return awaitApplied(shapes);
    }

    /**
     * A stage's check before it starts.
     *
     * @throws TopicsUnfitException naming every topic that is missing or misconfigured
     */
    public void require(Collection<? extends Topic<?>> topics) {
        List<TopicProblem> problems = plan(topics).stream()
                // Offsets concern one stage only, which says so itself; the others may work.
                .filter(problem -> problem.kind() != TopicProblem.Kind.OFFSETS)
                .toList();
        if (!problems.isEmpty()) {
            throw new TopicsUnfitException(problems);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }

    private List<TopicShape> shapes(Collection<? extends Topic<?>> topics) {
        List<TopicShape> shapes = new ArrayList<>();
        shapes.add(TopicShape.schemas(kafka.named(Topics.SCHEMAS_NAME), settings));
        topics.forEach(topic -> shapes.add(TopicShape.of(topic, kafka.topic(topic), settings)));
        return shapes;
    }

    private List<TopicProblem> compare(List<TopicShape> shapes) {
        List<String> names = shapes.stream().map(TopicShape::name).toList();
        Map<String, TopicDescription> descriptions =
                found(admin.describeTopics(names).topicNameValues());
        Map<ConfigResource, Config> configs = found(admin.describeConfigs(
                        descriptions.keySet().stream().map(TopicAdmin::resource).toList())
                .values());
        List<TopicProblem> problems = new ArrayList<>();
        for (TopicShape shape : shapes) {
            TopicDescription description = descriptions.get(shape.name());
            Config config = configs.get(resource(shape.name()));
            if (description == null || config == null) {
                problems.add(
                        new TopicProblem(shape.name(), TopicProblem.Kind.MISSING, shape.name() + " does not exist."));
            } else {
                compareShape(shape, description, problems);
                compareConfig(shape, config, problems);
            }
        }
        if (names.contains(kafka.topic(Topics.ONCE_COMMANDS))) {
            problems.addAll(onceOffsets.problems(descriptions.get(kafka.topic(Topics.ONCE_COMMANDS))));
        }
        return problems;
    }

    private static void compareShape(TopicShape shape, TopicDescription found, List<TopicProblem> problems) {
        int partitions = found.partitions().size();
        if (partitions != shape.settings().partitions()) {
            problems.add(new TopicProblem(
                    shape.name(),
                    TopicProblem.Kind.PARTITIONS,
                    "%s has %d partitions instead of %d; that is changed by a rebuild under a new prefix only."
                            .formatted(
                                    shape.name(), partitions, shape.settings().partitions())));
        }
        int replicas = found.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        if (replicas < shape.settings().replication()) {
            problems.add(new TopicProblem(
                    shape.name(),
                    TopicProblem.Kind.REPLICATION,
                    "%s has %d copies of a partition instead of %d."
                            .formatted(shape.name(), replicas, shape.settings().replication())));
        }
    }

    private static void compareConfig(TopicShape shape, Config found, List<TopicProblem> problems) {
        shape.config().forEach((key, wanted) -> {
            ConfigEntry entry = found.get(key);
            String value = entry == null || entry.value() == null ? "" : entry.value();
            if (!shape.accepts(key, value)) {
                problems.add(new TopicProblem(
                        shape.name(),
                        TopicProblem.Kind.SETTING,
                        "%s has %s=%s instead of %s.".formatted(shape.name(), key, value, wanted)));
            }
        });
    }

    private void create(List<TopicShape> missing) {
        List<NewTopic> topics = missing.stream()
                .map(shape -> new NewTopic(shape.name(), shape.settings().partitions(), (short)
                                shape.settings().replication())
                        .configs(shape.config()))
                .toList();
        admin.createTopics(topics).values().forEach((name, created) -> {
            try {
                await(created);
            } catch (TopicExistsException e) {
                // Somebody else applied at the same time; the comparison that follows judges the result.
            }
        });
    }

    private void configure(List<TopicShape> differing) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicShape shape : differing) {
            changes.put(
                    resource(shape.name()),
                    shape.config().entrySet().stream()
                            .map(entry -> new AlterConfigOp(
                                    new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                            .toList());
        }
        await(admin.incrementalAlterConfigs(changes).all());
    }

    private void seed(List<TopicShape> shapes, boolean claimsKnown) {
        String commands = kafka.topic(Topics.ONCE_COMMANDS);
        if (shapes.stream().noneMatch(shape -> shape.name().equals(commands))) {
            return;
        }
        awaitKnown(commands).ifPresent(description -> onceOffsets.seed(description, claimsKnown));
    }

    /** A topic that was just created is not known to every broker at once. */
    private Optional<TopicDescription> awaitKnown(String topic) {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (true) {
            TopicDescription found = found(admin.describeTopics(List.of(topic)).topicNameValues())
                    .get(topic);
            if (found != null || System.nanoTime() - deadline > 0 || !lookAgainSoon()) {
                return Optional.ofNullable(found);
            }
        }
    }

    private static boolean lookAgainSoon() {
        try {
            Thread.sleep(LOOK_AGAIN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Brokers learn of a change some moments after the controller has confirmed it. */
    private List<TopicProblem> awaitApplied(List<TopicShape> shapes) {
        long deadline = System.nanoTime() + WAIT.toNanos();
        List<TopicProblem> problems = compare(shapes);
        while (problems.stream().anyMatch(TopicProblem::isApplicable) && System.nanoTime() - deadline < 0) {
            if (!lookAgainSoon()) {
                return problems;
            }
            problems = compare(shapes);
        }
        return problems;
    }

    /** Answers for what exists; a topic that does not is left out. */
    private static <K, V> Map<K, V> found(Map<K, KafkaFuture<V>> futures) {
        Map<K, V> found = new HashMap<>();
        futures.forEach((key, future) -> {
            try {
                found.put(key, await(future));
            } catch (UnknownTopicOrPartitionException e) {
                // reported as missing by the caller, with the name it asked for
            }
        });
        return found;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
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
