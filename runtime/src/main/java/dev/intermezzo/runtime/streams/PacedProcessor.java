package dev.intermezzo.runtime.streams;

import dev.intermezzo.runtime.metrics.Intake;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A processor whose intake is counted and whose work is committed at a pace. It is used by one thread at a time. */
final class PacedProcessor implements Processor<String, byte[], String, byte[]> {
    /** Streams takes whole milliseconds only, and none for an error. */
    private static final Duration SOONEST = Duration.ofMillis(1);

    private final Processor<String, byte[], String, byte[]> processor;
    private final CommitPace pace;
    private final Intake intake;
    private ProcessorContext<String, byte[]> context;
    private @Nullable Cancellable awaited;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    PacedProcessor(Processor<String, byte[], String, byte[]> processor, CommitPace pace, Intake intake) {
        this.processor = processor;
        this.pace = pace;
        this.intake = intake;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> streams) {
        context = streams;
        processor.init(streams);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        context.recordMetadata()
                .ifPresent(place -> intake.take(place.topic(), record.timestamp(), context.currentSystemTimeMs()));
        processor.process(record);
        Duration wait = pace.untilNext();
        if (wait.compareTo(SOONEST) < 0) {
            commit();
        } else if (awaited == null) {
            awaited = context.schedule(wait, PunctuationType.WALL_CLOCK_TIME, now -> commit());
        }
    }

    private void commit() {
        if (awaited != null) {
            awaited.cancel();
            awaited = null;
        }
        context.commit();
    }

    @Override
    public void close() {
        processor.close();
    }
}
