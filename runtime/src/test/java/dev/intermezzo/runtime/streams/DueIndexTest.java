package dev.intermezzo.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.intermezzo.runtime.streams.DueIndex.Due;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueIndexTest {
    private KeyValueStore<Bytes, byte[]> store = store();
    private DueIndex index = new DueIndex(store);

    @BeforeEach
    void emptyStore() {
        store = store();
        index = new DueIndex(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void what_is_due_is_taken_once_and_in_order_of_time() {
        arm("late", 300);
        arm("early", 100);
        arm("middle", 200);

        assertThat(take(250)).containsExactly("early", "middle");
        assertThat(take(250)).isEmpty();
        assertThat(take(300)).containsExactly("late");
    }

    @Test
    void nothing_fires_before_its_time_even_by_a_fraction_of_a_microsecond() {
        Instant due = Instant.ofEpochMilli(100).plusNanos(1_001);
        index.arm(due, "a");

        assertThat(index.take(due.minusNanos(1))).isEmpty();
        assertThat(index.take(due.plusNanos(999))).extracting(Due::owner).containsExactly("a");
    }

    @Test
    void a_turn_takes_a_bounded_number_and_the_next_turn_goes_on() {
        for (int i = 0; i < DueIndex.TURN_LIMIT + 5; i++) {
            arm("p%04d".formatted(i), 100);
        }

        assertThat(take(100)).hasSize(DueIndex.TURN_LIMIT);
        assertThat(take(100)).hasSize(5);
    }

    @Test
    void something_armed_in_the_past_of_the_hint_still_fires() {
        arm("a", 100);
        take(1_000);

        arm("b", 50);

        assertThat(take(1_000)).containsExactly("b");
    }

    @Test
    void something_armed_before_the_last_idle_scan_still_fires() {
        take(1_000);

        arm("b", 900);

        assertThat(take(1_001)).containsExactly("b");
    }

    @Test
    void a_clock_that_steps_back_takes_nothing_and_loses_nothing() {
        take(1_000);
        arm("b", 2_000);

        assertThat(take(500)).isEmpty();
        assertThat(take(2_000)).containsExactly("b");
    }

    @Test
    void the_hint_survives_a_restart_and_an_idle_turn_writes_nothing() {
        arm("a", 100);
        arm("b", 5_000);
        take(1_000);
        long before = entries();

        DueIndex restarted = new DueIndex(store);

        assertThat(restarted.take(Instant.ofEpochMilli(2_000))).isEmpty();
        assertThat(entries()).isEqualTo(before);
        assertThat(restarted.take(Instant.ofEpochMilli(5_000)))
                .extracting(Due::owner)
                .containsExactly("b");
    }

    @Test
    void what_was_armed_comes_back_as_it_was() {
        Instant due = Instant.parse("2026-03-01T10:00:00.123456Z");
        index.arm(due, "shop~order", new byte[] {1, 2, 3});

        assertThat(index.take(due)).containsExactly(new Due(due, "shop~order", Bytes.wrap(new byte[] {1, 2, 3})));
    }

    @Test
    void what_was_disarmed_is_not_taken_and_nothing_of_it_stays() {
        arm("a", 100);
        arm("b", 100);

        index.disarm(Instant.ofEpochMilli(100), "a");
        index.disarm(Instant.ofEpochMilli(100), "never armed");

        assertThat(take(100)).containsExactly("b");
        assertThat(entries()).as("the hint").isEqualTo(1);
    }

    @Test
    void something_armed_for_now_while_a_turn_is_worked_off_fires_in_the_next() {
        arm("a", 100);
        take(1_000);

        arm("a", 1_000);

        assertThat(take(1_000)).containsExactly("a");
    }

    @Test
    void the_next_time_is_known_without_a_scan_once_a_turn_has_passed() {
        take(0);
        assertThat(index.next()).isEmpty();

        arm("b", 300);
        arm("a", 200);
        assertThat(index.next()).contains(Instant.ofEpochMilli(200));

        take(250);
        assertThat(index.next()).contains(Instant.ofEpochMilli(300));

        take(300);
        assertThat(index.next()).isEmpty();
    }

    @Test
    void the_next_time_of_a_reopened_store_is_never_later_than_what_is_armed() {
        arm("a", 200);

        assertThat(new DueIndex(store).next())
                .get()
                .satisfies(next -> assertThat(next).isBeforeOrEqualTo(Instant.ofEpochMilli(200)));
    }

    @Test
    void a_time_without_an_owner_or_before_1970_is_a_bug() {
        assertThatIllegalArgumentException().isThrownBy(() -> index.arm(Instant.EPOCH, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> index.arm(Instant.EPOCH.minusNanos(1), "a"));
    }

    private void arm(String owner, long millis) {
        index.arm(Instant.ofEpochMilli(millis), owner);
    }

    private List<String> take(long now) {
        return index.take(Instant.ofEpochMilli(now)).stream().map(Due::owner).toList();
    }

    private long entries() {
        long count = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
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
