package dev.intermezzo.ingress.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SpoolSealer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final SealingKeys KEYS = SealingKeys.generate();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path dir;

    private Spool open() {
        return open(1 << 30, 1_000_000, KEYS);
    }

    private Spool open(long maxBytes, int maxRecords, SealingKeys keys) {
        return new Spool(new SpoolSettings(dir, maxBytes, maxRecords), new SpoolSealer(keys), InstantSource.system());
    }

    private static ProducerRecord<String, byte[]> record(String text) {
        return new ProducerRecord<>(
                "topic",
                null,
                "key",
                text.getBytes(UTF_8),
                List.of(new RecordHeader("traceparent", "00-1".getBytes(UTF_8))));
    }

    private static void keep(Spool spool, String... texts) throws IOException {
        for (String text : texts) {
            spool.write(record(text)).awaitDurable();
        }
    }

    /** Takes everything out, in order. */
    private static List<String> drained(Spool spool) throws IOException {
        List<String> all = new ArrayList<>();
        for (Optional<Spool.Batch> batch = spool.oldest(); batch.isPresent(); batch = spool.oldest()) {
            batch.get().records().forEach(record -> all.add(new String(record.value(), UTF_8)));
            spool.remove(batch.get());
        }
        return all;
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_record_comes_out_as_it_went_in() throws IOException {
        try (Spool spool = open()) {
            keep(spool, "one");

            ProducerRecord<String, byte[]> out =
                    spool.oldest().orElseThrow().records().getFirst();

            assertThat(out.topic()).isEqualTo("topic");
            assertThat(out.key()).isEqualTo("key");
            assertThat(out.value()).isEqualTo("one".getBytes(UTF_8));
            assertThat(out.headers()).isEqualTo(record("one").headers());
        }
    }

    @Test
    void records_come_out_in_order_across_segments_and_starts() throws IOException {
        List<String> written = IntStream.range(0, 60)
                .mapToObj(n -> n + " " + "x".repeat(60_000))
                .toList();
        try (Spool spool = open()) {
            keep(spool, written.subList(0, 40).toArray(String[]::new));
            assertThat(files(".segment")).hasSizeGreaterThan(1);
        }
        try (Spool spool = open()) {
            keep(spool, written.subList(40, 60).toArray(String[]::new));

            assertThat(spool.records()).isEqualTo(60);
            assertThat(drained(spool)).isEqualTo(written);
            assertThat(spool.isEmpty()).isTrue();
            assertThat(spool.bytes()).isZero();
        }
        assertThat(files(".segment")).isEmpty();
    }

    @Test
    void what_was_published_and_not_removed_before_a_crash_comes_again() throws IOException {
        Spool crashed = open();
        keep(crashed, "one", "two");
        crashed.oldest();
        crashed.close();

        try (Spool spool = open()) {
            assertThat(drained(spool)).containsExactly("one", "two");
        }
    }

    @Test
    void what_arrives_while_the_oldest_is_published_stays() throws IOException {
        try (Spool spool = open()) {
            keep(spool, "one");
            Spool.Batch oldest = spool.oldest().orElseThrow();
            keep(spool, "two");
            spool.remove(oldest);

            assertThat(drained(spool)).containsExactly("two");
        }
    }

    @Test
    void a_torn_last_record_is_left_out_and_everything_before_it_kept() throws IOException {
        try (Spool spool = open()) {
            keep(spool, "one", "two", "torn");
        }
        Path segment = files(".segment").getFirst();
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }

        try (Spool spool = open()) {
            keep(spool, "three");

            assertThat(drained(spool)).containsExactly("one", "two", "three");
            assertThat(spool.damaged()).isZero();
        }
    }

    @Test
    void a_record_that_was_changed_on_the_disk_is_passed_over_and_its_file_set_aside() throws IOException {
        try (Spool spool = open()) {
            keep(spool, "one", "changed", "three");
        }
        byte[] bytes = Files.readAllBytes(files(".segment").getFirst());
        bytes[bytes.length / 2] ^= 1;
        Files.write(files(".segment").getFirst(), bytes);

        try (Spool spool = open()) {
            assertThat(drained(spool)).containsExactly("one", "three");
            assertThat(spool.damaged()).isEqualTo(1);
        }
        assertThat(files(".damaged")).hasSize(1);
        try (Spool spool = open()) {
            assertThat(spool.damaged()).isEqualTo(1);
            assertThat(spool.isEmpty()).isTrue();
        }
    }

    @Test
    void what_other_keys_sealed_is_set_aside_and_holds_nothing_up() throws IOException {
        try (Spool spool = open()) {
            keep(spool, "sealed by former keys");
        }

        try (Spool spool = open(1 << 30, 100, SealingKeys.generate())) {
            keep(spool, "mine");

            assertThat(drained(spool)).containsExactly("mine");
            assertThat(files(".damaged")).hasSize(1);
        }
    }

    @Test
    void beyond_its_records_it_is_full_until_some_are_taken_out() throws IOException {
        try (Spool spool = open(1 << 30, 2, KEYS)) {
            keep(spool, "one", "two");

            assertThatThrownBy(() -> spool.write(record("three"))).isInstanceOf(SpoolFullException.class);
            assertThat(drained(spool)).containsExactly("one", "two");
            keep(spool, "three");
            assertThat(drained(spool)).containsExactly("three");
        }
    }

    @Test
    void beyond_its_bytes_it_is_full_also_after_a_start() throws IOException {
        String large = "x".repeat(60_000);
        try (Spool spool = open(130_000, 1_000, KEYS)) {
            keep(spool, large, large);

            assertThatThrownBy(() -> spool.write(record(large))).isInstanceOf(SpoolFullException.class);
        }
        try (Spool spool = open(130_000, 1_000, KEYS)) {
            assertThatThrownBy(() -> spool.write(record(large))).isInstanceOf(SpoolFullException.class);
        }
    }

    @Test
    void a_folder_that_is_gone_is_an_error_and_not_a_promise_and_heals() throws IOException {
        try (Spool spool = open()) {
            try (Stream<Path> files = Files.list(dir)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(dir);

            assertThatThrownBy(() -> keep(spool, "lost")).isInstanceOf(IOException.class);
            assertThat(spool.isEmpty()).isTrue();
            Files.createDirectory(dir);
            keep(spool, "kept");
            assertThat(drained(spool)).containsExactly("kept");
        }
    }

    @Test
    void one_process_has_the_folder() throws IOException {
        try (Spool first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(SpoolUnusableException.class)
                    .hasMessageContaining("Another process")
                    .hasMessageContaining("webhook.spool.dir");
            keep(first, "one");
        }
        try (Spool second = open()) {
            assertThat(drained(second)).containsExactly("one");
        }
    }

    @Test
    void the_disk_tells_nothing_to_others() throws IOException {
        try (Spool spool = open()) {
            keep(spool, "a buyer's secret");

            Path segment = files(".segment").getFirst();
            assertThat(new String(Files.readAllBytes(segment), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret", "key", "topic");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void records_cannot_change_places() {
        SpoolSealer sealer = new SpoolSealer(KEYS);
        byte[] sealed = sealer.seal(1, new byte[] {1});

        assertThat(sealer.open(1, sealed)).containsExactly(1);
        assertThatThrownBy(() -> sealer.open(2, sealed))
                .isInstanceOf(dev.intermezzo.runtime.sealing.SealingException.class);
    }
}
