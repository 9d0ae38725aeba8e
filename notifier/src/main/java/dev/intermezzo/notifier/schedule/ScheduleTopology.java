package dev.intermezzo.notifier.schedule;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.schemas.AvroSerde;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
    static final String DUE_SINK = "to-notification-due";
    static final String INTERNAL_SINK = "to-payment-internal";
    static final String DEAD_LETTERS_SINK = "to-dead-letters";

    private static final String REQUESTS_SOURCE = "notification-requests";
    private static final String RESULTS_SOURCE = "notification-results";
    private static final String PROCESSOR = "schedule-step";

    /**
     * What the topology is told.
     *
     * @param topicPrefix prefix of the installation's topics
     * @param policy the waits
     * @param turn how often due times are looked for; the schedule is late by at most this, plus its backlog
     * @param mostPerTurn due times brought back per turn and task
     */
    public record Settings(String topicPrefix, SchedulePolicy policy, Duration turn, int mostPerTurn) {

        String requestsTopic() {
            return Topics.NOTIFICATION_REQUESTS.in(topicPrefix);
        }
    }

    private ScheduleTopology() {}

    /** Builds it; {@code schemas} must know, or wait for, the schemas of other builds. */
    public static Topology build(Settings settings, WriterSchemas schemas, DeadLetters letters, ScheduleCounts counts) {
        String prefix = settings.topicPrefix();
        Topology topology = new Topology();
        topology.addSource(
                REQUESTS_SOURCE, new StringDeserializer(), new ByteArrayDeserializer(), settings.requestsTopic());
        topology.addSource(
                RESULTS_SOURCE,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topics.NOTIFICATION_RESULTS.in(prefix));
        topology.addProcessor(
                PROCESSOR,
                () -> new ScheduleProcessor(settings, schemas, letters, counts),
                REQUESTS_SOURCE,
                RESULTS_SOURCE);
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
        topology.addSink(
                DUE_SINK,
                Topics.NOTIFICATION_DUE.in(prefix),
                new StringSerializer(),
                new AvroSerde<>(Topics.NOTIFICATION_DUE, schemas).serializer(),
                PROCESSOR);
        topology.addSink(
                INTERNAL_SINK,
                Topics.PAYMENT_INTERNAL.in(prefix),
                new StringSerializer(),
                new AvroSerde<>(Topics.PAYMENT_INTERNAL, schemas).serializer(),
                PROCESSOR);
        topology.addSink(
                DEAD_LETTERS_SINK,
                Topics.DEAD_LETTERS.in(prefix),
                new StringSerializer(),
                new AvroSerde<>(Topics.DEAD_LETTERS, schemas).serializer(),
                PROCESSOR);
        return topology;
    }
}
