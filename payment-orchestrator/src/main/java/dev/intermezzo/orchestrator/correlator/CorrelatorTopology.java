package dev.intermezzo.orchestrator.correlator;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * webhook-inbox and webhook-index meet by transaction; what comes out is keyed by payment. That is another key, hence
 * another topic (payment-internal) instead of a join: its sink partitions by the payment.
 */
final class CorrelatorTopology {
    private static final String PROCESSOR = "correlator";

    private CorrelatorTopology() {}

    static Topology build(String topicPrefix, CorrelationStep step, DeadLetters deadLetters, WriterSchemas schemas) {
        Topology topology = new Topology();
        source(topology, Topics.WEBHOOK_INBOX, topicPrefix);
        source(topology, Topics.WEBHOOK_INDEX, topicPrefix);
        String inbox = Topics.WEBHOOK_INBOX.in(topicPrefix);
        topology.addProcessor(
                PROCESSOR,
                new ProcessorSupplier<String, byte[], String, byte[]>() {
                    @Override
                    public Processor<String, byte[], String, byte[]> get() {
                        return new CorrelatorProcessor(inbox, step, deadLetters, schemas);
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return Set.of(
                                Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(CorrelatorProcessor.CORRELATIONS),
                                        Serdes.String(),
                                        Serdes.ByteArray()),
                                Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(CorrelatorProcessor.DUE),
                                        Serdes.Bytes(),
                                        Serdes.ByteArray()));
                    }
                },
                Topics.WEBHOOK_INBOX.name(),
                Topics.WEBHOOK_INDEX.name());
        sink(topology, Topics.PAYMENT_INTERNAL, topicPrefix);
        sink(topology, Topics.DEAD_LETTERS, topicPrefix);
        return topology;
    }

    private static void source(Topology topology, Topic<?> topic, String prefix) {
        topology.addSource(
                topic.name(), Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), topic.in(prefix));
    }

    private static void sink(Topology topology, Topic<?> topic, String prefix) {
        topology.addSink(
                Outlet.sink(topic),
                topic.in(prefix),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                PROCESSOR);
    }
}
