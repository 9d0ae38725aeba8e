package dev.intermezzo.ingress.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.spool.SegmentFormat.Ending;
import dev.intermezzo.ingress.spool.SegmentFormat.Reading;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SegmentFormatTest {

    @Property(tries = 200)
    void what_was_written_is_read(@ForAll @Size(max = 20) List<@Size(min = 1, max = 200) byte[]> contents) {
        Reading reading = SegmentFormat.read(segment(contents));

        assertThat(reading.ending()).isEqualTo(Ending.WHOLE);
        assertThat(found(reading)).usingRecursiveComparison().isEqualTo(contents);
    }

    @Property(tries = 500)
    void a_file_that_ends_anywhere_holds_every_record_before_that_and_no_part_of_another(
            @ForAll @Size(min = 1, max = 8) List<@Size(min = 1, max = 50) byte[]> contents,
            @ForAll @IntRange(max = 1000) int place) {
        ByteBuffer whole = segment(contents);
        int end = place % whole.remaining();

        Reading reading = SegmentFormat.read(whole.slice(0, end));

        int position = SegmentFormat.headBytes();
        int complete = 0;
        while (complete < contents.size()
                && position + SegmentFormat.FRAME_HEAD + contents.get(complete).length <= end) {
            position += SegmentFormat.FRAME_HEAD + contents.get(complete).length;
            complete++;
        }
        assertThat(found(reading)).usingRecursiveComparison().isEqualTo(contents.subList(0, complete));
        assertThat(reading.ending()).isEqualTo(position == end ? Ending.WHOLE : Ending.TORN);
    }

    @Property(tries = 300)
    void zeros_after_the_last_record_are_a_write_that_never_reached_the_disk(
            @ForAll @Size(max = 5) List<@Size(min = 1, max = 50) byte[]> contents,
            @ForAll @IntRange(min = 1, max = 300) int zeros) {
        ByteBuffer written = segment(contents);
        ByteBuffer file =
                ByteBuffer.allocate(written.remaining() + zeros).put(written).rewind();

        Reading reading = SegmentFormat.read(file);

        assertThat(found(reading)).usingRecursiveComparison().isEqualTo(contents);
        assertThat(reading.ending()).isEqualTo(Ending.TORN);
    }

    @Property(tries = 1000)
    void a_changed_byte_never_passes_for_what_was_written(
            @ForAll @Size(min = 1, max = 6) List<@Size(min = 1, max = 60) byte[]> contents,
            @ForAll @IntRange(max = 1000) int place,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        ByteBuffer file = segment(contents);
        int at = place % file.remaining();
        file.put(at, (byte) (file.get(at) ^ change));

        Reading reading = SegmentFormat.read(file);

        assertThat(reading.ending()).isEqualTo(Ending.DAMAGED);
        assertThat(contents).usingElementComparator(Arrays::compare).containsAll(found(reading));
        assertThat(found(reading)).hasSizeLessThan(contents.size());
    }

    @Property(tries = 1000)
    void no_bytes_are_too_strange_to_be_read(@ForAll byte[] bytes) {
        assertThat(SegmentFormat.read(ByteBuffer.wrap(bytes)).contents()).isEmpty();
    }

    private static List<byte[]> found(Reading reading) {
        return reading.contents().stream().flatMap(Optional::stream).toList();
    }

    private static ByteBuffer segment(List<byte[]> contents) {
        int length = SegmentFormat.headBytes()
                + contents.stream()
                        .mapToInt(content -> SegmentFormat.FRAME_HEAD + content.length)
                        .sum();
        ByteBuffer file = ByteBuffer.allocate(length).put(SegmentFormat.head());
        contents.forEach(content -> file.put(SegmentFormat.frame(content)));
        return file.flip();
    }
}
