package dev.intermezzo.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients as every stage uses them. Keys are UTF-8 strings, values encoded records. */
public final class KafkaClients {
    /** Longest silence of a killed instance; the broker must allow it ({@code group.min.session.timeout.ms}). */
    static final int SESSION_TIMEOUT_MS = 3_000;
    /** Ten heartbeats fit into a session, so that one or two lost ones do not cost a rebalance. */
    static final int HEARTBEAT_MS = 300;
    /**
     * How long a group waits for a member that should join again, and a member for the group. A coordinator that was killed
     * may come back with neither (seen with Kafka 4.3.1), so this bounds a silence, which the default makes five minutes.
     */
    static final int REBALANCE_TIMEOUT_MS = 30_000;
    /** The same where a turn may have to wait for calls that move money; they are refused after two minutes anyway. */
    static final int MONEY_REBALANCE_TIMEOUT_MS = 120_000;
    /** How long a crashed instance's open transaction may hide later records from readers. */
    static final int TRANSACTION_TIMEOUT_MS = 3_000;

    /** What a group without a committed offset does. */
    public enum Start {
        /** Begins at the oldest record: nothing is missed. */
        OLDEST,
        /** Stops: for commands that must not run again when offsets were lost. Offsets are seeded beforehand. */
        REFUSE
    }

    private KafkaClients() {}

    /** Idempotent producer that answers, one way or the other, within eight seconds. */
    public static Producer<String, byte[]> producer(KafkaSettings settings, String clientId) {
        return new KafkaProducer<>(producerConfig(settings, clientId));
    }

    /**
     * Producer for transactions; {@code initTransactions} is the caller's.
     *
     * @param transactionalId without prefix; the instance id is appended, so a restarted instance fences its former self
     */
    public static Producer<String, byte[]> transactionalProducer(
            KafkaSettings settings, String clientId, String transactionalId) {
        return new KafkaProducer<>(transactionalConfig(settings, clientId, transactionalId));
    }

    /** Consumer in a group, beginning at the oldest record. */
    public static Consumer<String, byte[]> consumer(KafkaSettings settings, String groupId, String clientId) {
        return consumer(settings, groupId, clientId, Start.OLDEST);
    }

    /**
     * Consumer in a group; offsets are committed by the caller only.
     *
     * @param groupId without prefix
     */
    public static Consumer<String, byte[]> consumer(
            KafkaSettings settings, String groupId, String clientId, Start start) {
        return new KafkaConsumer<>(consumerConfig(settings, groupId, clientId, start));
    }

    /** Consumer without a group, closed at once: the caller assigns partitions and positions itself. */
    public static Consumer<String, byte[]> tail(KafkaSettings settings, String clientId) {
        return withoutGroup(tailConfig(settings, clientId));
    }

    static <K, V> Consumer<K, V> withoutGroup(Map<String, Object> config) {
        return new WithoutGroup<>(config);
    }

    public static Admin admin(KafkaSettings settings, String clientId) {
        return Admin.create(common(settings, clientId));
    }

    static Map<String, Object> producerConfig(KafkaSettings settings, String clientId) {
        Map<String, Object> config = common(settings, clientId);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        // Both are defaults, written down because losing or doubling a fact is what they prevent: a configuration
        // conflict would otherwise switch idempotence off silently.
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A buyer waits for each record; the default waits 5 ms for company.
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // An edge must say "try again" while the buyer still looks, not after a minute.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000L);
        // The same, for a broker that takes the connection and does not answer (default two minutes).
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
        // Must fit into the delivery timeout, twice, so that one broker's silence leaves time for a retry.
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_500);
        return config;
    }

    static Map<String, Object> transactionalConfig(KafkaSettings settings, String clientId, String transactionalId) {
        Map<String, Object> config = producerConfig(settings, clientId);
        config.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.named(transactionalId) + "-" + settings.instanceId());
        // Readers of the topic wait for an open transaction of a crashed instance (default one minute).
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        return config;
    }

    static Map<String, Object> consumerConfig(KafkaSettings settings, String groupId, String clientId, Start start) {
        Map<String, Object> config = readerConfig(settings, clientId);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.named(groupId));
        config.put(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                switch (start) {
                    case OLDEST -> REBALANCE_TIMEOUT_MS;
                    case REFUSE -> MONEY_REBALANCE_TIMEOUT_MS;
                });
        config.put(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                switch (start) {
                    // A new group must not skip what was written before it came (default latest).
                    case OLDEST -> "earliest";
                    // Lost offsets must stop a money command, not repeat or skip it.
                    case REFUSE -> "none";
                });
        // A killed instance's partitions stand still for this long (default 45 s).
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        // Partitions that stay where they are keep flowing through a rebalance.
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return config;
    }

    static Map<String, Object> tailConfig(KafkaSettings settings, String clientId) {
        Map<String, Object> config = readerConfig(settings, clientId);
        // A broker answers as soon as there is a record; each question costs it as much as a record would. A partition
        // that
        // moves to another broker waits for the answer to the question before it, so not longer (default 500 ms).
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000);
        return config;
    }

    private static Map<String, Object> readerConfig(KafkaSettings settings, String clientId) {
        Map<String, Object> config = common(settings, clientId);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // What a transaction took back was never decided.
        config.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
        // An offset is committed when the work is done, never because time has passed.
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Whoever follows without a group positions itself; a position out of range is an error, not a jump.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A missing topic is said by name (TopicAdmin), not made by accident with the wrong partitions.
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    /**
     * Leaves at once. By default a consumer tells each broker goodbye and waits for the answer, which comes after the
     * answer to the question it asked before: {@code fetch.max.wait.ms} when there is nothing new. A broker that hears no
     * goodbye keeps one fetch session for it, which makes room for another after two idle minutes.
     */
    private static final class WithoutGroup<K, V> extends KafkaConsumer<K, V> {
        WithoutGroup(Map<String, Object> config) {
            super(config);
        }

        @Override
        public void close() {
            close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private static Map<String, Object> common(KafkaSettings settings, String clientId) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-" + settings.instanceId());
        // Metrics are scraped from the management port; pushing them to the brokers as well costs and tells nobody.
        config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return config;
    }
}
