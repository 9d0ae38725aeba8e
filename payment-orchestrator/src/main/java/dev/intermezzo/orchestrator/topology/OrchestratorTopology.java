package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * One processor between all facts about payments and all that follows from them. Its sources share the payment's id as
 * key and are co-partitioned; everything one fact causes is committed in one transaction.
 */
final class OrchestratorTopology {
    static final List<Topic<?>> SOURCES = Stream.concat(EventReader.TOPICS.stream(), Stream.of(Topics.BUYER_KEYS))
            .toList();

    static final List<Topic<?>> SINKS = List.of(
            Topics.PAYMENT_LEDGER,
            Topics.PAYMENT_VIEWS,
            Topics.CASHIER_COMMANDS,
            Topics.ONCE_COMMANDS,
            Topics.SHOP_COMMANDS,
            Topics.NOTIFICATION_REQUESTS,
            Topics.WEBHOOK_INDEX,
            Topics.PAYMENT_INTERNAL,
            Topics.DEAD_LETTERS);

    private static final String PROCESSOR = "payment";

    private OrchestratorTopology() {}

    /** @param warmUps hears the id and the partition of each warm-up that came through */
    static Topology build(
            String topicPrefix,
            Bookkeeper bookkeeper,
            DeadLetters deadLetters,
            WriterSchemas schemas,
            ObjIntConsumer<String> warmUps) {
        Topology topology = new Topology();
        Map<String, Topic<?>> topics =
                SOURCES.stream().collect(Collectors.toUnmodifiableMap(topic -> topic.in(topicPrefix), topic -> topic));
        SOURCES.forEach(topic -> topology.addSource(
                source(topic),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                topic.in(topicPrefix)));
        topology.addProcessor(
                PROCESSOR,
                new ProcessorSupplier<String, byte[], String, byte[]>() {
                    @Override
                    public Processor<String, byte[], String, byte[]> get() {
                        return new PaymentProcessor(topics, bookkeeper, deadLetters, schemas, warmUps);
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return OrchestratorTopology.stores();
                    }
                },
                SOURCES.stream().map(OrchestratorTopology::source).toArray(String[]::new));
        SINKS.forEach(topic -> topology.addSink(
                Outlet.sink(topic),
                topic.in(topicPrefix),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                PROCESSOR));
        return topology;
    }

    private static Set<StoreBuilder<?>> stores() {
        return Set.of(
                store(Books.PAYMENTS, Serdes.String()),
                store(Books.HEADS, Serdes.String()),
                store(Timers.STORE, Serdes.Bytes()),
                store(Quarantines.MARKS, Serdes.String()),
                store(Quarantines.QUEUE, Serdes.Bytes()),
                store(BuyerKeys.STORE, Serdes.String())
                        // A forgotten buyer's keys must leave the changelog as fast as they leave buyer-keys.
                        .withLoggingEnabled(Map.of(
                                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                                Long.toString(Topics.MAX_COMPACTION_LAG.toMillis()))));
    }

    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> key) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, Serdes.ByteArray());
    }

    private static String source(Topic<?> topic) {
        return "from-" + topic.name();
    }
}
