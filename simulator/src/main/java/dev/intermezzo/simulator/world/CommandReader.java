package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Topic;
import dev.intermezzo.simulator.kernel.FaultKind;
import dev.intermezzo.simulator.kernel.Lateness;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.Partition;
import dev.intermezzo.simulator.log.SimulatedLog;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A command pump: many commands of a partition at once, and as its place the end of what is done without a gap. It dies with
 * commands in hand, loses partitions while working on them, and so lets commands come by again.
 */
final class CommandReader<T extends SpecificRecordBase> {
    private static final Duration POLL_LEAST = Duration.ofMillis(1);
    private static final Duration POLL_MOST = Duration.ofMillis(30);
    private static final Duration RESTART_LEAST = Duration.ofMillis(200);
    private static final Duration RESTART_MOST = Duration.ofSeconds(14);

    private final World world;
    private final String group;
    private final Topic<T> topic;
    private final Handler<T> handler;

    /** Works on one command and says when it is done. */
    interface Handler<T> {
        void handle(T command, Work work);
    }

    CommandReader(World world, String group, Topic<T> topic, Handler<T> handler) {
        this.world = world;
        this.group = group;
        this.topic = topic;
        this.handler = handler;
    }

    void start() {
        for (Partition partition : world.log().partitions(World.name(topic))) {
            new Lane(partition);
        }
    }

    /** One partition and whoever owns it now. */
    private final class Lane {
        private final Partition partition;
        private final String place;
        private Owner owner;

        Lane(Partition partition) {
            this.partition = partition;
            this.place = SimulatedLog.place(group, partition.topic(), partition.number());
            this.owner = new Owner(this);
            partition.watch(() -> owner.soon());
        }
    }

    /** A process that has the partition, or had it. */
    private final class Owner {
        private final Lane lane;
        private final TreeSet<Long> open = new TreeSet<>();
        private long next;
        private boolean alive = true;
        private boolean asked;

        Owner(Lane lane) {
            this.lane = lane;
            this.next = world.log().offset(lane.place);
        }

        void soon() {
            if (alive && !asked) {
                asked = true;
                world.agenda().after(world.chance().between(POLL_LEAST, POLL_MOST, "poll/" + lane.place), this::poll);
            }
        }

        private void poll() {
            asked = false;
            Entry entry = alive && lane.owner == this ? lane.partition.next(next) : null;
            if (entry == null) {
                return;
            }
            String site = group + '/' + entry.keyRead();
            next = entry.offset() + 1;
            open.add(entry.offset());
            T command = world.wire().decode(topic, entry);
            Work work = new Work(this::alive, () -> done(entry.offset()), this::die, site);
            if (world.chance().strikes(FaultKind.DELAYED, site)) {
                world.agenda()
                        .after(
                                Lateness.draw(world.chance(), site),
                                () -> work.run(() -> handler.handle(command, work)));
            } else {
                handler.handle(command, work);
            }
            if (world.chance().strikes(FaultKind.PARTITION_MOVED, site)) {
                // The old owner goes on with what it has in hand.
                lane.owner = new Owner(lane);
            }
            lane.owner.soon();
        }

        private boolean alive() {
            return alive;
        }

        private void done(long offset) {
            open.remove(offset);
            if (lane.owner == this) {
                world.log().commitOffsets(Map.of(lane.place, open.isEmpty() ? next : open.first()));
            }
        }

        private void die() {
            alive = false;
            if (lane.owner == this) {
                world.agenda()
                        .after(world.chance().between(RESTART_LEAST, RESTART_MOST, "restart/" + lane.place), () -> {
                            if (lane.owner == this) {
                                lane.owner = new Owner(lane);
                                lane.owner.soon();
                            }
                        });
            }
        }
    }
}
