package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Topics;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.Partition;
import dev.intermezzo.simulator.log.SimulatedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A consumer group on once-commands: which of its executors has which partition. */
final class OnceGroup {
    private static final int EXECUTORS = 2;
    private static final Duration POLL_LEAST = Duration.ofMillis(1);
    private static final Duration POLL_MOST = Duration.ofMillis(100);
    private static final Duration RESTART_LEAST = Duration.ofMillis(500);
    private static final Duration RESTART_MOST = Duration.ofSeconds(50);

    private final World world;
    private final OnceExecutors all;
    private final String name;
    private final List<OnceExecutor> executors = new ArrayList<>();
    private final List<OnceExecutor> owners = new ArrayList<>();
    private final List<Boolean> asked = new ArrayList<>();
    private boolean ended;

    OnceGroup(World world, OnceExecutors all, String name) {
        this.world = world;
        this.all = all;
        this.name = name;
    }

    void start() {
        for (int number = 0; number < EXECUTORS; number++) {
            executors.add(new OnceExecutor(world, all, this, name + '-' + number));
        }
        for (Partition partition : world.log().partitions(World.name(Topics.ONCE_COMMANDS))) {
            owners.add(executors.get(partition.number() % EXECUTORS));
            asked.add(false);
            partition.watch(() -> soon(partition.number()));
            soon(partition.number());
        }
    }

    /** Its processes are stopped for good. */
    void end() {
        ended = true;
        executors.forEach(OnceExecutor::stop);
    }

    String place(int partition) {
        return SimulatedLog.place(name, World.name(Topics.ONCE_COMMANDS), partition);
    }

    boolean owns(OnceExecutor executor, int partition) {
        return !ended && owners.get(partition) == executor;
    }

    /** Another executor gets the partition, while this one may hold a command of it. */
    void move(int partition) {
        OnceExecutor before = owners.get(partition);
        int index = executors.indexOf(before);
        OnceExecutor next = executors.get((index + 1) % EXECUTORS);
        next.assigned();
        owners.set(partition, next);
        soon(partition);
    }

    /** The process died; one with its name starts again and has its partitions. */
    void replace(OnceExecutor dead) {
        int index = executors.indexOf(dead);
        Duration wait = world.chance().between(RESTART_LEAST, RESTART_MOST, "restart/" + dead.id());
        world.agenda().after(wait, () -> {
            if (!ended && executors.get(index) == dead) {
                OnceExecutor next = new OnceExecutor(world, all, this, dead.id());
                executors.set(index, next);
                for (int partition = 0; partition < owners.size(); partition++) {
                    if (owners.get(partition) == dead) {
                        owners.set(partition, next);
                        soon(partition);
                    }
                }
            }
        });
    }

    /** The group looks for commands in a partition. */
    void soon(int partition) {
        if (!ended && !asked.get(partition)) {
            asked.set(partition, true);
            Duration wait = world.chance().between(POLL_LEAST, POLL_MOST, "poll/" + name + partition);
            world.agenda().after(wait, () -> poll(partition));
        }
    }

    private void poll(int partition) {
        asked.set(partition, false);
        OnceExecutor owner = owners.get(partition);
        if (ended || !owner.alive()) {
            return;
        }
        Entry next = world.log()
                .partition(World.name(Topics.ONCE_COMMANDS), partition)
                .next(world.log().offset(place(partition)));
        if (next != null) {
            owner.take(next);
            soon(partition);
        }
    }
}
