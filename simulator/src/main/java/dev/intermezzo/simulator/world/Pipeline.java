package dev.intermezzo.simulator.world;

import dev.intermezzo.notifier.schedule.ScheduleCounts;
import dev.intermezzo.notifier.schedule.SchedulePolicy;
import dev.intermezzo.notifier.schedule.ScheduleTopology;
import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.correlator.CorrelatorService;
import dev.intermezzo.orchestrator.correlator.CorrelatorTopology;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.DecideFunction;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.topology.DecisionCounts;
import dev.intermezzo.orchestrator.topology.OrchestratorService;
import dev.intermezzo.orchestrator.topology.OrchestratorTopology;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import dev.intermezzo.simulator.kernel.Agenda;
import dev.intermezzo.simulator.kernel.Chance;
import dev.intermezzo.simulator.log.SimulatedLog;
import dev.intermezzo.simulator.streams.StreamApplication;
import dev.intermezzo.simulator.streams.StreamApplication.Clocks;
import dev.intermezzo.simulator.streams.Tape;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The three Streams applications with the production processors: orchestrator, correlator, notifier's schedule. */
public final class Pipeline {
    /** Before every topic's name. */
    public static final String PREFIX = "sim.";

    private static final Duration HOLD = Duration.ofMinutes(15);
    private static final Duration INDEX_RETENTION = Duration.ofDays(400);

    private final StreamApplication orchestrator;
    private final StreamApplication correlator;
    private final StreamApplication schedule;
    private final Codec<PaymentStateRecord> states = Codec.of(PaymentStateRecord.class);

    /** @param decider the state machine; whoever gives it may listen */
    public Pipeline(DecideFunction decider, SimulatedLog log, Agenda agenda, Chance chance, Tape tape) {
        orchestrator = new StreamApplication(
                orchestrator(decider, agenda),
                OrchestratorService.APPLICATION,
                Clocks.MAY_BE_WRONG,
                log,
                agenda,
                chance,
                tape);
        correlator = new StreamApplication(
                correlator(agenda), CorrelatorService.APPLICATION, Clocks.MAY_BE_WRONG, log, agenda, chance, tape);
        schedule = new StreamApplication(
                schedule(agenda), ScheduleTopology.STAGE, Clocks.MUST_BE_RIGHT, log, agenda, chance, tape);
    }

    public static StepTopology orchestrator(DecideFunction decider, InstantSource clock) {
        return OrchestratorTopology.of(
                PREFIX,
                new Bookkeeper(decider, Decider.DECIDER_VERSION),
                letters(clock),
                WriterSchemas.compiledIn(),
                (warmUp, partition) -> {},
                new DecisionCounts());
    }

    public static StepTopology correlator(InstantSource clock) {
        return CorrelatorTopology.of(PREFIX, HOLD, INDEX_RETENTION, letters(clock), WriterSchemas.compiledIn());
    }

    public static StepTopology schedule(InstantSource clock) {
        return ScheduleTopology.of(
                PREFIX, SchedulePolicy.standard(), WriterSchemas.compiledIn(), letters(clock), new ScheduleCounts());
    }

    /** Sealing draws random numbers, and two runs with one seed must write the same letters. */
    private static DeadLetters letters(InstantSource clock) {
        return new DeadLetters((context, plain) -> plain, clock);
    }

    public void start() {
        orchestrator.start();
        correlator.start();
        schedule.start();
    }

    /** A payment as it is committed, which is what an operator's page shows; null: there is none. */
    public @Nullable PaymentState committed(String payment) {
        byte[] stored = orchestrator.stored(OrchestratorTopology.PAYMENTS, payment);
        return stored == null ? null : StateCodec.toState(states.decode(stored, WriterSchemas.compiledIn()));
    }

    /** The stored bytes of a payment's state; null: there is none. */
    public byte @Nullable [] storedState(String payment) {
        return orchestrator.stored(OrchestratorTopology.PAYMENTS, payment);
    }
}
