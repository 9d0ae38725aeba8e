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
import dev.intermezzo.runtime.streams.StreamsStage;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** Decides when each shop is told: a Streams application of its own, exactly once. It posts nothing itself. */
public final class ScheduleService implements Stage {

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS = List.of(
            Topics.NOTIFICATION_REQUESTS,
            Topics.NOTIFICATION_RESULTS,
            Topics.NOTIFICATION_DUE,
            Topics.PAYMENT_INTERNAL,
            Topics.DEAD_LETTERS);

    private final SchemaTopic schemas;
    private final StreamsStage streams;
    private final DeadLetters deadLetters;
    private final ScheduleCounts counts = new ScheduleCounts();

    /** @param keys needs vault-public, for dead letters */
    public ScheduleService(ScheduleSettings settings, KafkaSettings kafka, SealingKeys keys, InstantSource clock) {
        this.schemas = new SchemaTopic(kafka);
        this.deadLetters = new DeadLetters(new Vault(keys), clock);
        this.streams = new StreamsStage(
                ScheduleTopology.STAGE,
                ScheduleTopology.of(kafka.topicPrefix(), settings.policy(), schemas, deadLetters, counts),
                StreamsConfigs.exactlyOnce(kafka, settings.streams(), ScheduleTopology.STAGE, settings.stateDir()),
                clock);
    }

    @Override
    public String name() {
        return "notifier schedule";
    }

    @Override
    public void measure(MeterRegistry meters) {
        streams.measure(meters);
        deadLetters.measure(meters, ScheduleTopology.STAGE);
        schemas.measure(meters, ScheduleTopology.STAGE);
        counts.bind(meters);
    }

    @Override
    public void start() {
        schemas.start();
        schemas.publish();
        streams.start();
    }

    @Override
    public boolean ready() {
        return streams.ready();
    }

    @Override
    public String notReadyBecause() {
        return streams.notReadyBecause();
    }

    @Override
    public boolean alive() {
        return streams.alive();
    }

    /** What it did since it started. */
    public ScheduleCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        streams.close();
        schemas.close();
    }
}
