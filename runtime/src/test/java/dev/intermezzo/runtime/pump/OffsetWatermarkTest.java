package dev.intermezzo.runtime.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OffsetWatermarkTest {

    @Property
    void it_is_the_first_open_offset_and_never_goes_back(@ForAll("increasing") List<Long> offsets, @ForAll long seed) {
        Random random = new Random(seed);
        OffsetWatermark watermark = new OffsetWatermark(0);
        TreeSet<Long> open = new TreeSet<>();
        List<Long> left = new ArrayList<>(offsets);
        long taken = 0;
        long before = watermark.committable();
        while (!left.isEmpty() || !open.isEmpty()) {
            if (open.isEmpty() || (!left.isEmpty() && random.nextBoolean())) {
                long offset = left.removeFirst();
                watermark.take(offset);
                open.add(offset);
                taken = offset + 1;
            } else {
                long offset = new ArrayList<>(open).get(random.nextInt(open.size()));
                watermark.complete(offset);
                open.remove(offset);
            }
            assertThat(watermark.committable())
                    .isEqualTo(open.isEmpty() ? taken : open.first())
                    .isGreaterThanOrEqualTo(before);
            assertThat(watermark.ahead()).isEqualTo(taken - watermark.committable());
            before = watermark.committable();
        }
    }

    @Property
    void when_all_is_done_nothing_is_left_to_do_again(@ForAll("increasing") List<Long> offsets) {
        OffsetWatermark watermark = new OffsetWatermark(0);
        offsets.forEach(watermark::take);

        offsets.reversed().forEach(watermark::complete);

        assertThat(watermark.committable()).isEqualTo(offsets.getLast() + 1);
        assertThat(watermark.ahead()).isZero();
    }

    @Test
    void a_record_that_nobody_finished_holds_it_back() {
        OffsetWatermark watermark = new OffsetWatermark(5);
        watermark.take(5);
        watermark.take(7);
        watermark.take(8);

        watermark.complete(7);
        watermark.complete(8);

        assertThat(watermark.committable()).isEqualTo(5);
    }

    @Test
    void an_offset_is_taken_once_and_completed_once() {
        OffsetWatermark watermark = new OffsetWatermark(5);
        watermark.take(6);
        watermark.complete(6);

        assertThatThrownBy(() -> watermark.take(6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> watermark.complete(6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> watermark.complete(9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<List<Long>> increasing() {
        return Arbitraries.longs()
                .between(1, 4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60)
                .map(steps -> {
                    List<Long> offsets = new ArrayList<>();
                    long offset = -1;
                    for (long step : steps) {
                        offset += step;
                        offsets.add(offset);
                    }
                    return offsets;
                });
    }
}
