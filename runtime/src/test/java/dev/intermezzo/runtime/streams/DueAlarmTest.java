package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DueAlarmTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final MockProcessorContext<Void, Void> streams = new MockProcessorContext<>();
    private final KeyValueStore<Bytes, byte[]> store = store();
    private final DueIndex index = new DueIndex(store);
    private final List<String> taken = new ArrayList<>();
    private final DueAlarm alarm;

    DueAlarmTest() {
        streams.setCurrentSystemTimeMs(NOW.toEpochMilli());
        alarm = new DueAlarm(
                streams, index, now -> index.take(Instant.ofEpochMilli(now)).forEach(due -> taken.add(due.owner())));
        ring(NOW);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void with_nothing_armed_it_stays_silent() {
        assertThat(pending()).isEmpty();
    }

    @Test
    void it_rings_when_the_earliest_is_due_and_then_for_the_next() {
        arm("later", NOW.plusSeconds(30));
        arm("sooner", NOW.plusSeconds(5).plusNanos(1_000));

        assertThat(pending()).containsExactly(Duration.ofMillis(5_001));

        ring(NOW.plusMillis(5_001));

        assertThat(taken).containsExactly("sooner");
        assertThat(pending()).containsExactly(Duration.ofMillis(24_999));
    }

    @Test
    void a_later_time_does_not_set_it_anew() {
        arm("sooner", NOW.plusSeconds(5));
        int before = streams.scheduledPunctuators().size();

        arm("later", NOW.plusSeconds(6));

        assertThat(streams.scheduledPunctuators()).hasSize(before);
    }

    @Test
    void what_is_due_already_waits_for_the_shortest_time_so_that_a_backlog_leaves_room_for_inputs() {
        arm("missed", NOW.minusSeconds(60));

        assertThat(pending()).containsExactly(DueAlarm.SOONEST);
    }

    @Test
    void far_times_are_looked_at_again_before_so_that_cancelled_alarms_do_not_pile_up() {
        arm("tomorrow", NOW.plus(Duration.ofDays(1)));

        assertThat(pending()).containsExactly(DueAlarm.LATEST);

        ring(NOW.plus(DueAlarm.LATEST));

        assertThat(taken).isEmpty();
        assertThat(pending()).containsExactly(DueAlarm.LATEST);
    }

    @Test
    void a_store_from_before_a_restart_is_looked_at_at_once() {
        arm("before", NOW.plusSeconds(5));

        MockProcessorContext<Void, Void> restarted = new MockProcessorContext<>();
        restarted.setCurrentSystemTimeMs(NOW.toEpochMilli());
        DueIndex reopened = new DueIndex(store);
        new DueAlarm(restarted, reopened, now -> reopened.take(Instant.ofEpochMilli(now)));

        assertThat(pending(restarted)).containsExactly(DueAlarm.SOONEST);
    }

    private void arm(String owner, Instant due) {
        index.arm(due, owner);
        alarm.set();
    }

    /** Lets every pending punctuation happen, as Streams does when its time has come. */
    private void ring(Instant now) {
        streams.setCurrentSystemTimeMs(now.toEpochMilli());
        List.copyOf(streams.scheduledPunctuators()).stream()
                .filter(one -> !one.cancelled())
                .forEach(one -> one.getPunctuator().punctuate(now.toEpochMilli()));
    }

    private List<Duration> pending() {
        return pending(streams);
    }

    private static List<Duration> pending(MockProcessorContext<Void, Void> streams) {
        return streams.scheduledPunctuators().stream()
                .filter(one -> !one.cancelled())
                .map(CapturedPunctuator::getInterval)
                .toList();
    }

    private static KeyValueStore<Bytes, byte[]> store() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("due"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        return store;
    }
}
