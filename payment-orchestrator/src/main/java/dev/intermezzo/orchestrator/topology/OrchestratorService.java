package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.streams.StreamsStage;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topic;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The orchestrator: the only stage that decides. */
public final class OrchestratorService implements Stage {
    /** Application id without the installation's prefix. */
    public static final String APPLICATION = "orchestrator";

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS = Stream.concat(
                    OrchestratorTopology.SOURCES.stream(), OrchestratorTopology.SINKS.stream())
            .distinct()
            .toList();

    private final StreamsStage streams;
    private final SchemaTopic schemas;

    /**
     * @param schemas started and closed by the caller
     * @param vault seals dead letters
     */
    public OrchestratorService(
            OrchestratorSettings settings, KafkaSettings kafka, SchemaTopic schemas, Vault vault, InstantSource clock) {
        this.schemas = schemas;
        Properties config = StreamsConfigs.exactlyOnce(kafka, settings.streams(), APPLICATION, settings.stateDir());
        this.streams = new StreamsStage(
                APPLICATION,
                OrchestratorTopology.build(
                        kafka.topicPrefix(), new Bookkeeper(), new DeadLetters(vault, clock), schemas),
                config,
                clock);
    }

    @Override
    public String name() {
        return APPLICATION;
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
