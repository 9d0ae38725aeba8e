package dev.intermezzo.notifier;

import dev.intermezzo.notifier.schedule.ScheduleCounts;
import dev.intermezzo.notifier.schedule.ScheduleTopology;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when each shop is told: a Streams application of its own, exactly once. It posts nothing itself. */
public final class ScheduleService implements Stage {

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS = List.of(
            Topics.NOTIFICATION_REQUESTS,
            Topics.NOTIFICATION_RESULTS,
            Topics.NOTIFICATION_DUE,
            Topics.PAYMENT_INTERNAL,
            Topics.DEAD_LETTERS);

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleService.class);

    /** A retry of five seconds is late by at most this; looking costs one seek in a store that is in memory. */
    private static final Duration TURN = Duration.ofMillis(100);

    /** So that a turn after a long outage does not keep inputs waiting; the next turn takes the next. */
    private static final int MOST_PER_TURN = 200;

    /** A clean close commits what is open; what takes longer is aborted by the broker and processed again. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    /** More failures than this within {@link #FAILURE_WINDOW} come back every time: the process ends visibly. */
    private static final int MOST_FAILURES = 10;

    private static final Duration FAILURE_WINDOW = Duration.ofMinutes(5);

    private final SchemaTopic schemas;
    private final KafkaStreams streams;
    private final ScheduleCounts counts = new ScheduleCounts();
    private final InstantSource clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    /** @param keys needs vault-public, for dead letters */
    public ScheduleService(ScheduleSettings settings, KafkaSettings kafka, SealingKeys keys, InstantSource clock) {
        this.clock = clock;
        this.schemas = new SchemaTopic(kafka);
        this.streams = new KafkaStreams(
                ScheduleTopology.build(
                        new ScheduleTopology.Settings(kafka.topicPrefix(), settings.policy(), TURN, MOST_PER_TURN),
                        schemas,
                        new DeadLetters(new Vault(keys), clock),
                        counts),
                StreamsConfigs.exactlyOnce(kafka, settings.streams(), ScheduleTopology.STAGE, settings.stateDir()));
        streams.setUncaughtExceptionHandler(this::onFailure);
    }

    @Override
    public String name() {
        return "notifier schedule";
    }

    @Override
    public void start() {
        schemas.start();
        schemas.publish();
        streams.start();
    }

    @Override
    public boolean ready() {
        return streams.state() == State.RUNNING;
    }

    @Override
    public String notReadyBecause() {
        return ready() ? "" : "The Streams application is " + streams.state() + ".";
    }

    @Override
    public boolean alive() {
        State state = streams.state();
        return state != State.ERROR && state != State.PENDING_ERROR;
    }

    /** What it did since it started. */
    public ScheduleCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        // The default stays in the group until its session ends, and its partitions are silent for so long.
        CloseOptions leaving =
                CloseOptions.timeout(CLOSE_LIMIT).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(leaving)) {
            LOG.atWarn().log("the notifier's schedule did not close in time; its open work is aborted");
        }
        schemas.close();
    }

    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        boolean again = failure instanceof Exception && mayTryAgain();
        LOG.atError()
                .addKeyValue("stage", ScheduleTopology.STAGE)
                .addKeyValue("replaced", again)
                .setCause(failure)
                .log("a stream thread failed");
        return again ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private synchronized boolean mayTryAgain() {
        Instant now = clock.instant();
        Instant oldest = now.minus(FAILURE_WINDOW);
        failures.removeIf(failure -> failure.isBefore(oldest));
        failures.addLast(now);
        return failures.size() <= MOST_FAILURES;
    }
}
