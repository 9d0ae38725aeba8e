package dev.intermezzo.runtime.kafka;

import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** A topic's configuration as it must be; every value that is not the broker's default has its reason beside it. */
record TopicShape(String name, TopicSettings settings, Map<String, String> config) {
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(7);
    private static final Duration SHORTEST_SEGMENT = Duration.ofMinutes(10);
    private static final int SEGMENTS_PER_RETENTION = 4;

    static TopicShape of(Topic<?> topic, String name, TopicSettings settings) {
        Map<String, String> config = common(settings);
        switch (topic.cleanup()) {
            case DELETE -> {
                config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                retention(config, topic.retention());
            }
            case COMPACT -> compact(config);
            case COMPACT_AND_DELETE -> {
                config.put(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
                retention(config, topic.retention());
            }
        }
        return new TopicShape(name, settings, config);
    }

    /** The topic of writer schemas: without them nothing can be read, so nothing ever leaves it. */
    static TopicShape schemas(String name, TopicSettings settings) {
        Map<String, String> config = common(settings);
        compact(config);
        return new TopicShape(name, settings, config);
    }

    private static Map<String, String> common(TopicSettings settings) {
        Map<String, String> config = new TreeMap<>();
        // An answered record survives the loss of a broker (default 1).
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInSync()));
        return config;
    }

    private static void compact(Map<String, String> config) {
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        // A forgotten buyer's key and a replaced secret leave the log in bounded time (default: when half is stale).
        config.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(Topics.MAX_COMPACTION_LAG.toMillis()));
    }

    private static void retention(Map<String, String> config, Optional<Duration> retention) {
        // Empty: kept for ever, which is how the ledger proves the past.
        config.put(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.map(Duration::toMillis).orElse(-1L)));
        // Only closed segments are deleted; a segment of the default 7 days would keep an hour's views for a week.
        retention
                .map(kept -> kept.dividedBy(SEGMENTS_PER_RETENTION))
                .filter(segment -> segment.compareTo(LONGEST_SEGMENT) < 0)
                .map(segment -> segment.compareTo(SHORTEST_SEGMENT) < 0 ? SHORTEST_SEGMENT : segment)
                .ifPresent(segment -> config.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(segment.toMillis())));
    }

    /** Whether a value found on the broker will do. Longer retention does: the catalogue's times are minimums. */
    boolean accepts(String key, String found) {
        String wanted = config.get(key);
        if (wanted == null || wanted.equals(found)) {
            return true;
        }
        return switch (key) {
            case TopicConfig.RETENTION_MS_CONFIG ->
                !wanted.equals("-1") && (found.equals("-1") || Long.parseLong(found) >= Long.parseLong(wanted));
            case TopicConfig.CLEANUP_POLICY_CONFIG -> sorted(found).equals(sorted(wanted));
            default -> false;
        };
    }

    private static List<String> sorted(String list) {
        return Arrays.stream(list.split(",", -1)).sorted().toList();
    }
}
