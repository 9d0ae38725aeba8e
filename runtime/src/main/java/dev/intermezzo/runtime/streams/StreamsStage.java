package dev.intermezzo.runtime.streams;

import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.metrics.Intake;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kafka Streams application as a stage. It starts once; ready only while all its tasks run. */
public final class StreamsStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsStage.class);

    /** A clean close commits what is open; what takes longer is aborted by the broker and processed again. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    /** A chain of causes that is longer has a circle. */
    private static final int MOST_CAUSES = 20;

    private final String name;
    private final KafkaStreams streams;
    private final Intake intake;
    private volatile String lastFailure = "";

    /** @param clock bounds the restarts of failed threads */
    public StreamsStage(String name, StepTopology steps, Properties config, InstantSource clock) {
        this.name = name;
        CommitPace pace = new CommitPace();
        this.intake = new Intake(steps.topicPrefix(), steps.sources());
        this.streams = new KafkaStreams(steps.topology(pace, intake), config, new PacedClients(pace));
        Restarts restarts = new Restarts(clock);
        streams.setUncaughtExceptionHandler(failure -> onFailure(failure, restarts));
        streams.setStateListener((after, before) -> LOG.atDebug()
                .addKeyValue("stage", name)
                .addKeyValue("state", after)
                .log("streams state"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void measure(MeterRegistry meters) {
        intake.bind(meters, name);
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public boolean ready() {
        return streams.state() == State.RUNNING;
    }

    @Override
    public String notReadyBecause() {
        return ready() ? "" : "The Streams application is " + streams.state() + "." + lastFailure;
    }

    /**
     * Partitions of a source topic that this instance works on now; empty while it only stands by for others.
     *
     * @param topic full name
     */
    public Set<Integer> partitions(String topic) {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(topic))
                .map(TopicPartition::partition)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean alive() {
        State state = streams.state();
        return state != State.ERROR && state != State.PENDING_ERROR;
    }

    @Override
    public void close() {
        // The default stays in the group until its session ends, and its partitions are silent for so long.
        CloseOptions leaving =
                CloseOptions.timeout(CLOSE_LIMIT).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(leaving)) {
            LOG.atWarn().addKeyValue("stage", name).log("streams did not close in time; its open work is aborted");
        }
    }

    private StreamThreadExceptionResponse onFailure(Throwable failure, Restarts restarts) {
        boolean fenced = isFenced(failure);
        lastFailure = fenced
                ? " Another process has its kafka.instance-id, which must differ for each process of a stage."
                : " Last failure: " + failure;
        boolean again = failure instanceof Exception && !fenced && restarts.allowed();
        LOG.atError()
                .addKeyValue("alert", "stream-thread-failed")
                .addKeyValue("stage", name)
                .addKeyValue("replaced", again)
                .setCause(failure)
                .log("a stream thread failed");
        return again ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Two processes with one instance id would throw each other out for ever; the one that was there first gives way. */
    private static boolean isFenced(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(FencedInstanceIdException.class::isInstance);
    }
}
