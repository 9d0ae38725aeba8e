package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.kafka.StreamsConfigs;
import dev.intermezzo.runtime.lifecycle.Stage;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.runtime.streams.StreamsStage;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;

/** The orchestrator: the only stage that decides. */
public final class OrchestratorService implements Stage {
    /** Application id without the installation's prefix. */
    public static final String APPLICATION = "orchestrator";

    /** Topics that must exist before it starts. */
    public static final List<Topic<?>> TOPICS = Stream.concat(
                    OrchestratorTopology.SOURCES.stream(), OrchestratorTopology.SINKS.stream())
            .distinct()
            .toList();

    private static final Duration LOOK = Duration.ofMillis(20);

    /** What the warm-up may still send when the stage closes is of no use to anybody. */
    private static final Duration LAST_SENDS = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final StreamsStage streams;
    private final DeadLetters deadLetters;
    private final DecisionCounts counts = new DecisionCounts();
    private final SchemaTopic schemas;
    private final Producer<String, byte[]> producer;
    private final WarmUpRound warmUp;
    private final String events;
    private volatile boolean closed;

    /**
     * @param schemas started and closed by the caller
     * @param vault seals dead letters
     */
    public OrchestratorService(
            OrchestratorSettings settings, KafkaSettings kafka, SchemaTopic schemas, Vault vault, InstantSource clock) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.deadLetters = new DeadLetters(vault, clock);
        this.events = kafka.topic(Topics.PAYMENT_EVENTS);
        this.producer = KafkaClients.producer(kafka, APPLICATION + "-warm-up");
        this.warmUp = new WarmUpRound(producer, events, clock);
        Properties config = StreamsConfigs.exactlyOnce(kafka, settings.streams(), APPLICATION, settings.stateDir());
        this.streams = new StreamsStage(
                APPLICATION,
                OrchestratorTopology.of(
                        kafka.topicPrefix(), new Bookkeeper(), deadLetters, schemas, warmUp::seen, counts),
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
        schemas.measure(meters, APPLICATION);
        counts.bind(meters);
    }

    @Override
    public void start() {
        RebuildMark.refuse(kafka);
        schemas.publish();
        streams.start();
        Thread.ofVirtual().name("orchestrator-warm-up").start(this::warmUp);
    }

    @Override
    public boolean ready() {
        return streams.ready() && warmUp.passed();
    }

    @Override
    public String notReadyBecause() {
        if (!streams.ready()) {
            return streams.notReadyBecause();
        }
        return warmUp.passed() ? "" : "The warm-up has not come through every partition yet.";
    }

    @Override
    public boolean alive() {
        return streams.alive();
    }

    @Override
    public void close() {
        closed = true;
        streams.close();
        producer.close(LAST_SENDS);
    }

    private void warmUp() {
        boolean done = false;
        while (!done && !closed) {
            LockSupport.parkNanos(LOOK.toNanos());
            done = streams.ready() && warmUp.look(streams.partitions(events));
        }
    }
}
