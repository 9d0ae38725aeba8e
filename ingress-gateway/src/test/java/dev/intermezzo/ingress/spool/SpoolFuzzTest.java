package dev.intermezzo.ingress.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import dev.intermezzo.ingress.spool.SegmentFormat.Ending;
import dev.intermezzo.ingress.spool.SegmentFormat.Reading;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SpoolSealer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spool's files as a failing disk, or a curious person, may leave them: what is read is what was written, in its order. */
class SpoolFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final SealingKeys KEYS = SealingKeys.generate();
    private static final SpoolSealer SEALER = new SpoolSealer(KEYS);

    /** Where the segments begin; a start never gives out a lower number. */
    private static final long FIRST = 7_000;

    private static final List<byte[]> SEALED = IntStream.range(0, 5)
            .mapToObj(n -> SEALER.seal(FIRST + n, SpooledRecord.encode(record(n))))
            .toList();
    private static final Corpus FILES = new Corpus(List.of(
                    file(SEALED),
                    file(SEALED.subList(0, 1)),
                    file(List.of()),
                    padded(file(SEALED.subList(0, 2))),
                    Arrays.copyOf(file(SEALED), 300)))
            .and(Corpus.of(SpoolFuzzTest.class, "spool-segment"));
    private static final Corpus RECORDS = new Corpus(List.of(
                    SpooledRecord.encode(record(1)),
                    SpooledRecord.encode(new ProducerRecord<>("", null, "", new byte[0], List.of()))))
            .and(Corpus.of(SpoolFuzzTest.class, "spool-record"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path dir;

    @Test
    void the_corpus_of_files_holds() {
        FILES.replay(GUARD, SpoolFuzzTest::fileHolds);
    }

    @Property
    void mutated_files_hold(@ForAll("files") Mutant mutant) {
        GUARD.run(mutant.bytes(), SpoolFuzzTest::fileHolds);
    }

    @Test
    void the_corpus_of_records_holds() {
        RECORDS.replay(GUARD, SpoolFuzzTest::recordHolds);
    }

    @Property
    void mutated_records_hold(@ForAll("records") Mutant mutant) {
        GUARD.run(mutant.bytes(), SpoolFuzzTest::recordHolds);
    }

    /** Opened, emptied and written to again, as an edge does at its start. */
    @Test
    void a_spool_over_any_file_of_the_corpus_starts_and_empties_itself() throws IOException {
        int example = 0;
        for (byte[] file : FILES.examples()) {
            Path folder = Files.createDirectories(dir.resolve("spool-" + ++example));
            Files.write(folder.resolve("%020d.segment".formatted(FIRST)), file);
            for (String stray : List.of("copy of 1.segment", "1.segment", "99999999999999999999.segment", "lock~")) {
                Files.write(folder.resolve(stray), file);
            }

            try (Spool spool = new Spool(new SpoolSettings(folder, 1 << 20, 100), SEALER, InstantSource.system())) {
                List<Integer> out = drained(spool);
                assertThat(out).isSorted().doesNotHaveDuplicates().isSubsetOf(0, 1, 2, 3, 4);
                spool.write(record(4)).awaitDurable();
                assertThat(drained(spool)).containsExactly(4);
                assertThat(spool.isEmpty()).isTrue();
            }
            assertThat(folder.resolve("copy of 1.segment")).exists();
        }
    }

    @Provide
    Arbitrary<Mutant> files() {
        return Mutants.of(FILES)
                .withWords(List.of(
                        "IMZSPL01", "IMZSPL02", "\\x00\\x00\\x00\\x00", "\\x00\\x00\\x00\\x01", "\\xff\\xff\\xff\\xff"))
                .withSeparators("\u0000", "IMZSPL01")
                .arbitrary();
    }

    @Provide
    Arbitrary<Mutant> records() {
        return Mutants.of(RECORDS)
                .withWords(List.of(
                        "\\x01", "\\x02", "\\x00\\x00\\x00\\x05", "\\x7f\\xff\\xff\\xff", "\\x80\\x00\\x00\\x00"))
                .withSeparators("\u0000")
                .arbitrary();
    }

    private static void fileHolds(byte[] file) {
        Reading reading = SegmentFormat.read(ByteBuffer.wrap(file));
        List<byte[]> found =
                reading.contents().stream().flatMap(Optional::stream).toList();

        // A checksum of 32 bits is not passed by chance.
        assertThat(SEALED).usingElementComparator(Arrays::compare).containsAll(found);
        if (reading.ending() != Ending.DAMAGED) {
            byte[] again = file(found);
            assertThat(reading.contents()).allMatch(Optional::isPresent);
            assertThat(found.isEmpty() || startsWith(file, again))
                    .as("what was read stands at the file's beginning")
                    .isTrue();
            assertThat(Arrays.equals(file, again)).isEqualTo(reading.ending() == Ending.WHOLE);
        }
        opened(found);
    }

    /** Under another number than its own a record does not open, so that none can take another's place. */
    private static void opened(List<byte[]> found) {
        for (byte[] sealed : found) {
            int number = IntStream.range(0, SEALED.size())
                    .filter(n -> Arrays.equals(SEALED.get(n), sealed))
                    .findFirst()
                    .orElseThrow();
            assertThat(number(SpooledRecord.decode(SEALER.open(FIRST + number, sealed))))
                    .isEqualTo(number);
        }
    }

    private static void recordHolds(byte[] bytes) {
        ProducerRecord<String, byte[]> record;
        try {
            record = SpooledRecord.decode(bytes);
        } catch (IllegalArgumentException declared) {
            return;
        }
        assertThat(SpooledRecord.encode(record)).isEqualTo(bytes);
    }

    private static List<Integer> drained(Spool spool) throws IOException {
        List<Integer> all = new ArrayList<>();
        for (Optional<Spool.Batch> batch = spool.oldest(); batch.isPresent(); batch = spool.oldest()) {
            batch.get().records().forEach(record -> all.add(number(record)));
            spool.remove(batch.get());
        }
        return all;
    }

    private static ProducerRecord<String, byte[]> record(int number) {
        return new ProducerRecord<>(
                "webhook-inbox",
                null,
                "account~t-" + number,
                Integer.toString(number).getBytes(UTF_8),
                List.of(new RecordHeader("traceparent", "00-1".getBytes(UTF_8))));
    }

    private static int number(ProducerRecord<String, byte[]> record) {
        return Integer.parseInt(new String(record.value(), UTF_8));
    }

    private static byte[] file(List<byte[]> contents) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Stream.concat(Stream.of(SegmentFormat.head()), contents.stream().map(SegmentFormat::frame))
                .forEach(piece -> {
                    byte[] bytes = new byte[piece.remaining()];
                    piece.duplicate().get(bytes);
                    file.writeBytes(bytes);
                });
        return file.toByteArray();
    }

    private static byte[] padded(byte[] file) {
        return Arrays.copyOf(file, file.length + 64);
    }

    private static boolean startsWith(byte[] file, byte[] beginning) {
        return file.length >= beginning.length
                && Arrays.equals(file, 0, beginning.length, beginning, 0, beginning.length);
    }
}
