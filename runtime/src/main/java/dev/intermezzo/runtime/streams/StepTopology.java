package dev.intermezzo.runtime.streams;

import dev.intermezzo.runtime.metrics.Intake;
import dev.intermezzo.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The shape that every Streams application here has: topics, one processor with its stores, topics. Said once, so that
 * Kafka Streams and the simulator run the very same processor on the very same stores.
 *
 * @param topicPrefix of the installation
 * @param sources read under their full names
 * @param sinks written to through {@link Outlet}
 * @param processor makes one for each partition
 */
public record StepTopology(
        String name,
        String topicPrefix,
        List<Topic<?>> sources,
        List<Topic<?>> sinks,
        List<Store<?, ?>> stores,
        Supplier<Processor<String, byte[], String, byte[]>> processor) {

    public StepTopology {
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
        stores = List.copyOf(stores);
    }

    /**
     * A key-value store that survives restarts.
     *
     * @param dueTimes it is the store of a {@link DueIndex}
     * @param changelog settings of its changelog topic that are not the default
     */
    public record Store<K, V>(
            String name, Serde<K> key, Serde<V> value, boolean dueTimes, Map<String, String> changelog) {

        /** Values by text. */
        public static <V> Store<String, V> of(String name, Serde<V> value) {
            return new Store<>(name, Serdes.String(), value, false, Map.of());
        }

        /** Encoded values by text. */
        public static Store<String, byte[]> of(String name) {
            return of(name, Serdes.ByteArray());
        }

        /** Encoded values by bytes. */
        public static Store<Bytes, byte[]> ofBytes(String name) {
            return new Store<>(name, Serdes.Bytes(), Serdes.ByteArray(), false, Map.of());
        }

        /** For a {@link DueIndex}. */
        public static Store<Bytes, byte[]> ofDueTimes(String name) {
            return new Store<>(name, Serdes.Bytes(), Serdes.ByteArray(), true, Map.of());
        }

        public Store<K, V> withChangelog(Map<String, String> settings) {
            return new Store<>(name, key, value, dueTimes, settings);
        }

        private StoreBuilder<?> builder() {
            return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value)
                    .withLoggingEnabled(changelog);
        }
    }

    /** The sources by their full names, as a processor meets them. */
    public static Map<String, Topic<?>> byFullName(List<Topic<?>> sources, String topicPrefix) {
        return sources.stream().collect(Collectors.toUnmodifiableMap(topic -> topic.in(topicPrefix), topic -> topic));
    }

    /** As described, committed when Streams does. */
    public Topology topology() {
        return topology(topic -> topic);
    }

    /** For {@link StreamsStage}. */
    Topology topology(CommitPace pace, Intake intake) {
        return topology(topic -> topic, () -> new PacedProcessor(processor.get(), pace, intake));
    }

    /**
     * With other topics to write to; for a test driver, which feeds back what is written to a source.
     *
     * @param written full name of a sink's topic by its usual one
     */
    public Topology topology(UnaryOperator<String> written) {
        return topology(written, processor);
    }

    private Topology topology(
            UnaryOperator<String> written, Supplier<Processor<String, byte[], String, byte[]>> processors) {
        Topology topology = new Topology();
        sources.forEach(topic -> topology.addSource(
                source(topic),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                topic.in(topicPrefix)));
        topology.addProcessor(
                name,
                supplier(processors),
                sources.stream().map(StepTopology::source).toArray(String[]::new));
        sinks.forEach(topic -> topology.addSink(
                Outlet.sink(topic),
                written.apply(topic.in(topicPrefix)),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                name));
        return topology;
    }

    private ProcessorSupplier<String, byte[], String, byte[]> supplier(
            Supplier<Processor<String, byte[], String, byte[]>> processors) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, byte[], String, byte[]> get() {
                return processors.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores.stream().map(Store::builder).collect(Collectors.toSet());
            }
        };
    }

    /** A topology may both read and write a topic. */
    private static String source(Topic<?> topic) {
        return "from-" + topic.name();
    }
}
