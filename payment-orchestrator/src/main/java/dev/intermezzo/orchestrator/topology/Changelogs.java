package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.runtime.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that Streams keeps copies of the orchestrator's stores in, by the names that Streams gives them. */
final class Changelogs {
    /** Stores that follow from the ledger alone. The others hold what never was in it, and keep their changelogs. */
    static final List<String> FROM_LEDGER = List.of(Books.PAYMENTS, Books.HEADS, Timers.STORE);

    private final Admin admin;
    private final KafkaSettings kafka;
    private final int partitions;

    /** @param partitions of the co-partitioned sources, hence of every store */
    Changelogs(Admin admin, KafkaSettings kafka, int partitions) {
        this.admin = admin;
        this.kafka = kafka;
        this.partitions = partitions;
    }

    String topic(String store) {
        return topic(kafka, store);
    }

    static String topic(KafkaSettings kafka, String store) {
        return kafka.named(OrchestratorService.APPLICATION) + "-" + store + "-changelog";
    }

    /** As Streams makes them; returns the names of those that were missing. */
    List<String> createMissing() {
        Set<String> present = RebuildMark.await(admin.listTopics().names());
        List<String> missing = FROM_LEDGER.stream()
                .map(this::topic)
                .filter(topic -> !present.contains(topic))
                .toList();
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        RebuildMark.await(admin.createTopics(missing.stream()
                        .map(topic -> new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config))
                        .toList())
                .all());
        return missing;
    }
}
