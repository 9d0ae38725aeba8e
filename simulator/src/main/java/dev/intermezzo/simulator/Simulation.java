package dev.intermezzo.simulator;

import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Decision;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.EventKind;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.TransitionTable.Transition;
import dev.intermezzo.simulator.check.Checker;
import dev.intermezzo.simulator.check.Promise;
import dev.intermezzo.simulator.check.Violation;
import dev.intermezzo.simulator.journal.OrderJournal;
import dev.intermezzo.simulator.kernel.Agenda;
import dev.intermezzo.simulator.kernel.Chance;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.Partition;
import dev.intermezzo.simulator.log.SimulatedLog;
import dev.intermezzo.simulator.streams.Tape;
import dev.intermezzo.simulator.world.World;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: payments from their first checkout, and pay-outs that belong to none, until everything is archived or waits for a person, in virtual time. The same
 * seed with the same build gives the same bytes.
 */
public final class Simulation {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** Beyond the last late webhook (two times 75 days after the last page) and the archive's 60 days. */
    private static final Duration LENGTH = Duration.ofDays(260);

    /** A payment takes some hundred; this many is a circle. */
    private static final int MOST_STEPS_EACH = 60_000;

    private final Plan plan;
    private final Agenda agenda = new Agenda(START);
    private final SimulatedLog log = new SimulatedLog(agenda);
    private final Chance chance;
    private final World world;
    private final Set<Transition> transitions = new LinkedHashSet<>();

    private Simulation(Plan plan, Tape tape) {
        this.plan = plan;
        this.chance = new Chance(plan.seed(), plan.faults(), plan.allowed());
        this.world = new World(agenda, chance, log, this::decide, tape, plan.lies());
    }

    /** Runs it and checks what came out. */
    public static Outcome run(Plan plan) {
        return run(plan, Tape.NONE);
    }

    /** The same, listened to. */
    static Outcome run(Plan plan, Tape tape) {
        return new Simulation(plan, tape).run();
    }

    private Outcome run() {
        List<Violation> violations = new ArrayList<>();
        world.start();
        plan.orders().forEach(world::order);
        try {
            if (!live()) {
                violations.add(
                        new Violation(Promise.COMES_TO_REST, "", "it has not come to rest at " + agenda.instant()));
            }
        } catch (RuntimeException failure) {
            violations.add(
                    new Violation(Promise.NO_STEP_FAILS, "", failure.toString() + " at " + failure.getStackTrace()[0]));
        }
        Checker checker = new Checker(log, world.pipeline(), world.orders(), world.payOuts(), agenda.instant());
        violations.addAll(checker.check());
        return new Outcome(
                plan,
                checker.entries(),
                violations,
                chance.counts(),
                chance.struck(),
                transitions,
                digest(),
                violations.isEmpty() ? List.of() : history(checker, violations.getFirst()));
    }

    private boolean live() {
        Instant end = START.plus(LENGTH);
        long most = (long) MOST_STEPS_EACH * (1 + plan.orders().size());
        for (long steps = 0; steps < most; steps++) {
            if (agenda.instant().isAfter(end) || !agenda.step()) {
                return true;
            }
        }
        return false;
    }

    /** The production's state machine; which changes it makes is what coverage counts. */
    private Decision decide(@Nullable PaymentState state, Event event) {
        Decision decision = Decider.decide(state, event);
        PaymentState next = decision.next();
        if (next != null && (state == null || state.kind() != next.kind())) {
            transitions.add(
                    new Transition(state == null ? null : state.kind(), EventKind.of(event.fact()), next.kind()));
        }
        return decision;
    }

    /** Everything that happened to the payment of a violation, by time; to all of them where it is nobody's in particular. */
    private List<String> history(Checker checker, Violation violation) {
        return Stream.concat(world.orders().stream(), world.payOuts().stream())
                .filter(order ->
                        violation.payment().isEmpty() || order.payment().equals(violation.payment()))
                .flatMap(order -> Stream.concat(order.story().stream(), checker.ledgerLines(order.payment()).stream()))
                .sorted(Comparator.comparing(OrderJournal.Line::at))
                .map(line -> "%12.3f s  %-10s %s"
                        .formatted(Duration.between(START, line.at()).toMillis() / 1000.0, line.who(), line.what()))
                .toList();
    }

    /** Over every record that can be read, in the order of topics, partitions and offsets. */
    private String digest() {
        MessageDigest digest = sha256();
        log.topics().forEach((topic, partitions) -> {
            digest.update(topic.getBytes(StandardCharsets.UTF_8));
            partitions.stream().map(Partition::committed).flatMap(List::stream).forEach(entry -> add(digest, entry));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Entry entry) {
        digest.update(ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(entry.offset())
                .putLong(entry.timestamp().toEpochMilli())
                .flip());
        digest.update(entry.keyRead().getBytes(StandardCharsets.UTF_8));
        byte[] value = entry.value();
        if (value != null) {
            digest.update(value);
        }
        entry.headers().forEach(header -> digest.update(header.value()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
