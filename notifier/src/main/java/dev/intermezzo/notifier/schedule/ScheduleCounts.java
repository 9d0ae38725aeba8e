package dev.intermezzo.notifier.schedule;

import dev.intermezzo.runtime.metrics.Tally;
import dev.intermezzo.schemas.avro.NotificationEnd;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What the schedule did since it started, for metrics. Counted when processed, so again after an aborted transaction. */
public final class ScheduleCounts {

    private final LongAdder sent = new LongAdder();
    private final Tally<NotificationEnd> ended = new Tally<>(NotificationEnd.class);

    void sent() {
        sent.increment();
    }

    void ended(NotificationEnd end) {
        ended.count(end);
    }

    /** Registers what is counted. */
    public void bind(MeterRegistry meters) {
        FunctionCounter.builder("intermezzo.notifications.due", sent, LongAdder::doubleValue)
                .description("Due messages issued to senders, reissued ones included")
                .register(meters);
        ended.bind(meters, "intermezzo.notifications.ended", "Messages to shops, by how they ended", "end");
    }

    /** Due messages issued, reissued ones included. */
    public long sentCount() {
        return sent.sum();
    }

    /** Messages that ended so. */
    public long endedCount(NotificationEnd end) {
        return ended.of(end);
    }
}
