package dev.intermezzo.simulator.streams;

import dev.intermezzo.runtime.streams.DueIndex;
import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.simulator.kernel.Agenda;
import dev.intermezzo.simulator.kernel.Chance;
import dev.intermezzo.simulator.kernel.FaultKind;
import dev.intermezzo.simulator.kernel.Lateness;
import dev.intermezzo.simulator.kernel.ProcessClock;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.FencedException;
import dev.intermezzo.simulator.log.SimulatedLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a Streams application. Takes what can be read in small batches, commits each a few milliseconds later, and
 * dies, loses its partition or is held up when chance says so. State, outputs and offsets are committed together.
 */
final class StreamTask {
    private static final int MOST_PER_TURN = 8;
    private static final Duration SOONEST = Duration.ofMillis(1);
    private static final Duration LATEST_POLL = Duration.ofMillis(15);
    private static final Duration RESTART_LEAST = Duration.ofMillis(200);
    private static final Duration RESTART_MOST = Duration.ofSeconds(14);

    private final StepTopology shape;
    private final String application;
    private final int partition;
    private final StreamApplication.Clocks clocks;
    private final SimulatedLog log;
    private final Agenda agenda;
    private final ProcessClock clock;
    private final Chance chance;
    private final Tape tape;
    private final Map<String, NavigableMap<Bytes, byte[]>> committed = new LinkedHashMap<>();
    private final Map<String, Instant> heldUp = new HashMap<>();
    private final Map<String, Long> looked = new HashMap<>();
    private @Nullable TaskOwner owner;
    private boolean committing;
    private Instant wake = Instant.MAX;

    StreamTask(
            StepTopology shape,
            String application,
            int partition,
            StreamApplication.Clocks clocks,
            SimulatedLog log,
            Agenda agenda,
            Chance chance,
            Tape tape) {
        this.shape = shape;
        this.application = application;
        this.partition = partition;
        this.clocks = clocks;
        this.log = log;
        this.agenda = agenda;
        this.clock = new ProcessClock(agenda, chance, application + '-' + partition);
        this.chance = chance;
        this.tape = tape;
        shape.stores().forEach(store -> committed.put(store.name(), new TreeMap<>()));
        for (Topic<?> source : shape.sources()) {
            log.partition(source.in(shape.topicPrefix()), partition).watch(this::soon);
        }
    }

    void start() {
        owner = newOwner();
        soon();
    }

    byte @Nullable [] stored(String store, Bytes key) {
        NavigableMap<Bytes, byte[]> entries = committed.get(store);
        return entries == null ? null : entries.get(key);
    }

    private TaskOwner newOwner() {
        committing = false;
        return new TaskOwner(shape, application, partition, committed, log, clock, tape);
    }

    private void soon() {
        if (owner != null && !committing && wake.isAfter(agenda.instant().plus(LATEST_POLL))) {
            wakeAt(agenda.instant().plus(chance.between(SOONEST, LATEST_POLL, "poll/" + application + partition)));
        }
    }

    private void wakeAt(Instant time) {
        Instant due = time.truncatedTo(ChronoUnit.MICROS);
        if (due.isBefore(wake)) {
            wake = due;
            agenda.at(due, () -> {
                if (due.equals(wake)) {
                    wake = Instant.MAX;
                    turn();
                }
            });
        }
    }

    private void turn() {
        TaskOwner working = owner;
        if (working == null || committing) {
            return;
        }
        tellTime();
        punctuate(working);
        String last = "";
        int room = 1 + chance.below(MOST_PER_TURN, "batch/" + application + partition);
        for (Entry next = pick(working); next != null; next = --room > 0 ? pick(working) : null) {
            working.process(next);
            last = next.keyRead();
        }
        if (working.dirty()) {
            committing = true;
            String place = application + '/' + last;
            agenda.after(chance.between(SOONEST, LATEST_POLL, "commit/" + place), () -> commit(working, place));
        } else {
            sleep();
        }
    }

    /** A clock that is set, wrong or right, may show at once what was far away. */
    private void tellTime() {
        if (clocks == StreamApplication.Clocks.MAY_BE_WRONG && clock.mayGoWrong()) {
            agenda.at(clock.rightAgain(), () -> wakeAt(agenda.instant()));
        }
    }

    private void punctuate(TaskOwner working) {
        if (!working.nextPunctuation().isAfter(clock.instant())) {
            working.punctuate();
        }
    }

    private void commit(TaskOwner working, String place) {
        if (owner != working) {
            return;
        }
        if (chance.strikes(FaultKind.CRASH_BEFORE_COMMIT, place)) {
            die();
            return;
        }
        if (chance.strikes(FaultKind.PARTITION_MOVED, place)) {
            owner = newOwner();
        }
        try {
            working.commit();
        } catch (FencedException e) {
            wakeAt(agenda.instant().plus(SOONEST));
            return;
        }
        if (owner != working) {
            throw new IllegalStateException("a fenced owner of " + application + " committed");
        }
        committing = false;
        if (chance.strikes(FaultKind.CRASH_AFTER_COMMIT, place)) {
            die();
        } else {
            sleep();
        }
    }

    /** The process is gone; another takes the task up later and starts from what is committed. */
    private void die() {
        owner = null;
        agenda.after(chance.between(RESTART_LEAST, RESTART_MOST, "restart/" + application + partition), () -> {
            if (owner == null) {
                owner = newOwner();
                wakeAt(agenda.instant().plus(SOONEST));
            }
        });
    }

    /**
     * Until there is something to read, or something is due. A processor that looks at the clock although nothing is due does
     * nothing, and months pass here: such looks are left out.
     */
    private void sleep() {
        TaskOwner sleeping = owner;
        if (sleeping == null) {
            return;
        }
        if (!ready(sleeping).isEmpty()) {
            wakeAt(agenda.instant().plus(SOONEST));
            return;
        }
        Instant due = earliestDue();
        Instant look = sleeping.nextPunctuation();
        if (due != null && !look.equals(Instant.MAX)) {
            // Streams looks at whole milliseconds.
            wakeAt(clock.whenItShows(due.isAfter(look) ? due : look).plusMillis(1));
        }
    }

    private @Nullable Instant earliestDue() {
        Instant earliest = null;
        for (StepTopology.Store<?, ?> store : shape.stores()) {
            NavigableMap<Bytes, byte[]> entries = committed.get(store.name());
            if (store.dueTimes() && entries != null) {
                Bytes first = entries.navigableKeySet().stream()
                        .filter(key -> key.get().length > Long.BYTES)
                        .findFirst()
                        .orElse(null);
                Instant due = first == null ? null : due(first);
                earliest = due != null && (earliest == null || due.isBefore(earliest)) ? due : earliest;
            }
        }
        return earliest;
    }

    /** As {@link DueIndex#key} writes it. */
    private static Instant due(Bytes key) {
        return Instant.EPOCH.plus(ByteBuffer.wrap(key.get()).getLong(), ChronoUnit.MICROS);
    }

    /** The next record: the oldest, or any other when the topics' order is shuffled. */
    private @Nullable Entry pick(TaskOwner working) {
        List<Entry> ready = ready(working);
        if (ready.isEmpty()) {
            return null;
        }
        Entry oldest = ready.getFirst();
        boolean shuffled = ready.size() > 1
                && chance.strikes(FaultKind.REORDERED, application + '/' + oldest.topic() + '/' + oldest.keyRead());
        return shuffled ? ready.get(1 + chance.below(ready.size() - 1, "shuffle/" + oldest.keyRead())) : oldest;
    }

    /** The first record of each source that has one and is not held up, oldest first. */
    private List<Entry> ready(@Nullable TaskOwner working) {
        List<Entry> ready = new ArrayList<>();
        if (working == null) {
            return ready;
        }
        working.positions().forEach((topic, position) -> {
            Entry next = log.partition(topic, partition).next(position);
            if (next != null && !isHeldUp(next)) {
                ready.add(next);
            }
        });
        ready.sort(Comparator.comparing(Entry::timestamp));
        return ready;
    }

    private boolean isHeldUp(Entry next) {
        Long before = looked.put(next.topic(), next.offset());
        boolean first = before == null || before != next.offset();
        String place = application + '/' + next.topic() + '/' + next.keyRead();
        if (first && chance.strikes(FaultKind.DELAYED, place)) {
            // Whole microseconds like the agenda, or it would be late and never over.
            Instant until = agenda.instant().plus(Lateness.draw(chance, place)).truncatedTo(ChronoUnit.MICROS);
            heldUp.put(next.topic(), until);
            wakeAt(until);
        }
        Instant until = heldUp.getOrDefault(next.topic(), Instant.MIN);
        if (until.isAfter(agenda.instant())) {
            wakeAt(until);
            return true;
        }
        return false;
    }
}
