package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.streams.StreamsStage;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;

/**
 * The auditor: reads the committed ledger while it grows, checks the rules of money from it alone, and counts payments that
 * wait too long. A Streams application of its own that writes nothing but its stores, so nothing it finds, and no fault of
 * its own, holds up a payment; a breach leaves it ready.
 */
public final class AuditorService implements Stage {
    /** Application id without the installation's prefix. */
    public static final String APPLICATION = "auditor";

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS = List.of(Topics.PAYMENT_LEDGER);

    private final AuditorCounts counts = new AuditorCounts();
    private final StreamsStage streams;
    private final SchemaTopic schemas;

    public AuditorService(AuditorSettings settings, KafkaSettings kafka, InstantSource clock) {
        this.schemas = new SchemaTopic(kafka);
        Properties config = StreamsConfigs.exactlyOnce(kafka, settings.streams(), APPLICATION, settings.stateDir());
        this.streams = new StreamsStage(
                APPLICATION,
                AuditorTopology.of(
                        kafka.topicPrefix(), new AuditStep(new Refold(schemas, new Bookkeeper())), counts, schemas),
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
        schemas.measure(meters, APPLICATION);
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
        return schemas.ready() && streams.ready();
    }

    @Override
    public String notReadyBecause() {
        return schemas.ready() ? streams.notReadyBecause() : "The schemas topic is not read to its end yet.";
    }

    @Override
    public boolean alive() {
        return streams.alive();
    }

    @Override
    public void close() {
        streams.close();
        schemas.close();
    }
}
