package dev.intermezzo.orchestrator.correlator;

import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.runtime.streams.StreamsStage;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;

/** The correlator: webhooks that do not name their payment find it here. A Streams application of its own. */
public final class CorrelatorService implements Stage {
    /** Application id without the installation's prefix. */
    public static final String APPLICATION = "correlator";

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS =
            List.of(Topics.WEBHOOK_INBOX, Topics.WEBHOOK_INDEX, Topics.PAYMENT_INTERNAL, Topics.DEAD_LETTERS);

    private final StreamsStage streams;
    private final DeadLetters deadLetters;
    private final SchemaTopic schemas;

    /**
     * @param schemas started and closed by the caller
     * @param vault seals dead letters
     */
    public CorrelatorService(
            CorrelatorSettings settings, KafkaSettings kafka, SchemaTopic schemas, Vault vault, InstantSource clock) {
        this.schemas = schemas;
        this.deadLetters = new DeadLetters(vault, clock);
        Properties config = StreamsConfigs.exactlyOnce(kafka, settings.streams(), APPLICATION, settings.stateDir());
        this.streams = new StreamsStage(
                APPLICATION,
                CorrelatorTopology.of(
                        kafka.topicPrefix(), settings.hold(), settings.indexRetention(), deadLetters, schemas),
                config,
                clock);
    }

    @Override
    public String name() {
        return APPLICATION;
    }

    @Override
    public void measure(MeterRegistry meters) {
        streams.measure(meters);
        deadLetters.measure(meters, APPLICATION);
    }

    @Override
    public void start() {
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

    @Override
    public void close() {
        streams.close();
    }
}
