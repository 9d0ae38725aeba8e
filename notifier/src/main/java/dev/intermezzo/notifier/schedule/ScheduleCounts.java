package dev.intermezzo.notifier.schedule;

import dev.intermezzo.schemas.avro.NotificationEnd;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the schedule did since it started, for metrics. Counted when processed, so again after an aborted transaction. */
public final class ScheduleCounts {

    private final LongAdder sent = new LongAdder();
    private final Map<NotificationEnd, LongAdder> ended = new ConcurrentHashMap<>();

    void sent() {
        sent.increment();
    }

    void ended(NotificationEnd end) {
        ended.computeIfAbsent(end, first -> new LongAdder()).increment();
    }

    /** Due messages issued, reissued ones included. */
    public long sentCount() {
        return sent.sum();
    }

    /** Messages that ended so. */
    public long endedCount(NotificationEnd end) {
        LongAdder count = ended.get(end);
        return count == null ? 0 : count.sum();
    }
}
