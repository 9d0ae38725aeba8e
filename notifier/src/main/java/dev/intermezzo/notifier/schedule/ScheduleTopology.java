package dev.intermezzo.notifier.schedule;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.schemas.AvroSerde;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The schedule as a topology: {@code notification-requests} and {@code notification-results} in, {@code notification-due}
 * and {@code payment-internal} out, two stores. All topics are keyed by payment and co-partitioned.
 */
public final class ScheduleTopology {

    /** Name of the stage in dead letters, and its application id without the installation's prefix. */
    public static final String STAGE = "notifier-schedule";

    /** Store of {@code ScheduleState} by payment id; its changelog's name derives from it, so it never changes. */
    public static final String STATES = "schedule";

    static final String DUE_TIMES = "schedule-due-times";
    private static final List<Topic<?>> SOURCES = List.of(Topics.NOTIFICATION_REQUESTS, Topics.NOTIFICATION_RESULTS);
    private static final List<Topic<?>> SINKS =
            List.of(Topics.NOTIFICATION_DUE, Topics.PAYMENT_INTERNAL, Topics.DEAD_LETTERS);
    private static final String PROCESSOR = "schedule-step";

    private ScheduleTopology() {}

    /**
     * Builds it.
     *
     * @param topicPrefix prefix of the installation's topics
     * @param schemas must know, or wait for, the schemas of other builds
     */
    public static Topology build(
            String topicPrefix,
            SchedulePolicy policy,
            WriterSchemas schemas,
            DeadLetters letters,
            ScheduleCounts counts) {
        Map<String, Topic<?>> topics =
                SOURCES.stream().collect(Collectors.toUnmodifiableMap(topic -> topic.in(topicPrefix), topic -> topic));
        Topology topology = new Topology();
        SOURCES.forEach(topic -> topology.addSource(
                topic.name(),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer(),
                topic.in(topicPrefix)));
        topology.addProcessor(
                PROCESSOR,
                () -> new ScheduleProcessor(topics, policy, schemas, letters, counts),
                SOURCES.stream().map(Topic::name).toArray(String[]::new));
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STATES),
                        Serdes.String(),
                        new AvroSerde<>(ScheduleState.class, schemas)),
                PROCESSOR);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(DUE_TIMES), Serdes.Bytes(), Serdes.ByteArray()),
                PROCESSOR);
        SINKS.forEach(topic -> topology.addSink(
                Outlet.sink(topic),
                topic.in(topicPrefix),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                PROCESSOR));
        return topology;
    }
}
