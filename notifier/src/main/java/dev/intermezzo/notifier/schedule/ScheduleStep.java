package dev.intermezzo.notifier.schedule;

import dev.intermezzo.schemas.avro.ScheduleState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one input did.
 *
 * @param state the order's state from now on; null: nothing is remembered of it
 * @param outputs in the order in which they are to be published
 */
public record ScheduleStep(@Nullable ScheduleState state, List<ScheduleOutput> outputs) {

    /** Keeps its own copy of the outputs. */
    public ScheduleStep {
        outputs = List.copyOf(outputs);
    }
}
