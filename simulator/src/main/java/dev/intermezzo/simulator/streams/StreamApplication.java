package dev.intermezzo.simulator.streams;

import dev.intermezzo.runtime.streams.StepTopology;
import dev.intermezzo.simulator.kernel.Agenda;
import dev.intermezzo.simulator.kernel.Chance;
import dev.intermezzo.simulator.log.SimulatedLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A Streams application on the simulated log: one task for each partition, each the production processor. */
public final class StreamApplication {
    private final List<StreamTask> tasks = new ArrayList<>();

    /** What the application's promises ask of the clocks of its processes. */
    public enum Clocks {
        /** They may be wrong by hours. */
        MAY_BE_WRONG,
        /** They are right. */
        MUST_BE_RIGHT
    }

    /** @param application its id, which is also its consumer group */
    public StreamApplication(
            StepTopology shape,
            String application,
            Clocks clocks,
            SimulatedLog log,
            Agenda agenda,
            Chance chance,
            Tape tape) {
        for (int partition = 0; partition < SimulatedLog.PARTITIONS; partition++) {
            tasks.add(new StreamTask(shape, application, partition, clocks, log, agenda, chance, tape));
        }
    }

    public void start() {
        tasks.forEach(StreamTask::start);
    }

    /** What is committed in a store keyed by text; null: nothing. */
    public byte @Nullable [] stored(String store, String key) {
        return tasks.get(SimulatedLog.partitionOf(key)).stored(store, Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)));
    }
}
