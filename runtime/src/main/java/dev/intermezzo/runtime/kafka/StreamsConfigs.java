package dev.intermezzo.runtime.kafka;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Configuration of our Kafka Streams applications: exactly once, and fast. */
public final class StreamsConfigs {
    private StreamsConfigs() {}

    /** As the other method, with {@link StreamsSettings#defaults()}. */
    public static Properties exactlyOnce(KafkaSettings kafka, String applicationId, Path stateDir) {
        return exactlyOnce(kafka, StreamsSettings.defaults(), applicationId, stateDir);
    }

    /**
     * @param applicationId without prefix; names the group, the internal topics and the transactions, so it never changes
     * @param stateDir kept across restarts, else every store is read back from its changelog; one per process
     */
    public static Properties exactlyOnce(
            KafkaSettings kafka, StreamsSettings settings, String applicationId, Path stateDir) {
        Properties config = new Properties();
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.named(applicationId));
        config.put(StreamsConfig.CLIENT_ID_CONFIG, applicationId + "-" + kafka.instanceId());
        // The default lies under /tmp, which a reboot empties.
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        exactness(config);
        speed(config);
        failover(config, kafka, settings);
        // A store or internal topic with a generated name would change its name with the topology and lose its content.
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // Stores of all partitions share one bound; the defaults take about 100 MB outside the heap for each.
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
        // Metrics are scraped from the management port.
        config.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return config;
    }

    private static void exactness(Properties config) {
        // State, ledger and commands of one event are committed together or not at all (default at least once).
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // Facts of one payment come from several topics and may be decided in any order. The default 0 waits until
        // every
        // topic has been asked for more, so one topic whose end cannot be read would hold all the others up.
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
    }

    private static void speed(Properties config) {
        // CommitPace asks for commits as often as is good; this is for what it does not see.
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000L);
        // A thread that waits 100 ms in poll commits no sooner. It waits so long by itself while nothing happens
        // (Rest).
        config.put(StreamsConfig.POLL_MS_CONFIG, 10L);
        // A commit flushes; what is written before it travels with it (default 100 ms, which sends it in several
        // parts).
        config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 1_000);
    }

    private static void failover(Properties config, KafkaSettings kafka, StreamsSettings settings) {
        // A killed instance is silent for this long; 10 s each here and below made 12 s of silence, 3 s make 3.7 s.
        config.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                KafkaClients.SESSION_TIMEOUT_MS);
        config.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), KafkaClients.HEARTBEAT_MS);
        config.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                KafkaClients.REBALANCE_TIMEOUT_MS);
        // Every reader of our topics waits for a crashed instance's open transaction.
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                KafkaClients.TRANSACTION_TIMEOUT_MS);
        // A warm copy takes over without reading a changelog.
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        // An instance that came back empty gets work again after this (default ten minutes; one is the least).
        config.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
        // A restarted instance gets its tasks back at once: 6.2 s instead of 13.7 s.
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), kafka.instanceId());
    }
}
