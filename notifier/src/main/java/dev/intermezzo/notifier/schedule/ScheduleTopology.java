package dev.intermezzo.notifier.schedule;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.runtime.streams.StepTopology.Store;
import dev.intermezzo.schemas.AvroSerde;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ScheduleState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schedule as a topology: {@code notification-requests} and {@code notification-results} in, {@code notification-due}
 * and {@code payment-internal} out, two stores. All topics are keyed by payment and co-partitioned.
 */
public final class ScheduleTopology {

    /** Name of the stage in dead letters, and its application id without the installation's prefix. */
    public static final String STAGE = "notifier-schedule";

    /** Store of {@code ScheduleState} by payment id; its changelog's name derives from it, so it never changes. */
    public static final String STATES = "schedule";

    /**
     * The same store as the topic that keeps it: the latest state of each order, for people who look. Only the schedule writes
     * it.
     */
    public static final Topic<ScheduleState> STATES_LOG = new Topic<>(
            STAGE + "-" + STATES + "-changelog",
            ScheduleState.class,
            Topic.Key.PAYMENT_ID,
            Topic.Cleanup.COMPACT,
            Optional.empty(),
            Topic.Writer.TRANSACTIONAL);

    static final String DUE_TIMES = "schedule-due-times";
    private static final List<Topic<?>> SOURCES = List.of(Topics.NOTIFICATION_REQUESTS, Topics.NOTIFICATION_RESULTS);
    private static final List<Topic<?>> SINKS =
            List.of(Topics.NOTIFICATION_DUE, Topics.PAYMENT_INTERNAL, Topics.DEAD_LETTERS);

    private ScheduleTopology() {}

    /**
     * Describes it.
     *
     * @param topicPrefix prefix of the installation's topics
     * @param schemas must know, or wait for, the schemas of other builds
     */
    public static StepTopology of(
            String topicPrefix,
            SchedulePolicy policy,
            WriterSchemas schemas,
            DeadLetters letters,
            ScheduleCounts counts) {
        Map<String, Topic<?>> topics = StepTopology.byFullName(SOURCES, topicPrefix);
        return new StepTopology(
                "schedule-step",
                topicPrefix,
                SOURCES,
                SINKS,
                List.of(Store.of(STATES, new AvroSerde<>(ScheduleState.class, schemas)), Store.ofDueTimes(DUE_TIMES)),
                () -> new ScheduleProcessor(topics, policy, schemas, letters, counts));
    }
}
