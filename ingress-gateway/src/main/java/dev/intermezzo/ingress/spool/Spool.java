package dev.intermezzo.ingress.spool;

import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SpoolSealer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on the disk, in the order in which they were written, sealed and bounded. Segments of about a megabyte are taken
 * out whole, oldest first; a start never writes to a file of the former one, so only the end of a segment can be torn.
 *
 * <p>Safe for use by several threads; one of them takes out.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** What taking out holds in memory, twice. */
    private static final long SEGMENT_BYTES = 1 << 20;

    private final SpoolSettings settings;
    private final SpoolSealer sealer;
    private final Folder folder;
    private final ReentrantLock changing = new ReentrantLock();
    private final Deque<Segment> closed = new ArrayDeque<>();
    private @Nullable OpenSegment open;
    private long next;
    private long records;
    private long bytes;
    private int damaged;

    /** A segment that is not written to any more. */
    private record Segment(Path file, long first, int records, long bytes) {}

    /**
     * The oldest segment's records.
     *
     * @param whole whether every one of its records could be read
     */
    record Batch(Path file, List<ProducerRecord<String, byte[]>> records, boolean whole) {}

    /** @throws SpoolUnusableException when the folder is another process's or cannot be used */
    Spool(SpoolSettings settings, SpoolSealer sealer, InstantSource clock) {
        this.settings = settings;
        this.sealer = sealer;
        this.folder = Folder.take(settings.dir());
        try {
            for (Path file : folder.segments()) {
                find(file);
            }
            this.damaged = folder.damaged();
        } catch (IOException e) {
            throw SpoolUnusableException.failing(settings.dir(), e);
        }
        // Numbers grow from start to start, also when nothing is left of the former one.
        this.next = Math.max(next, clock.millis() << 10);
        if (records > 0) {
            LOG.atWarn()
                    .addKeyValue("records", records)
                    .addKeyValue("bytes", bytes)
                    .log("webhooks of a former start wait in the spool");
        }
    }

    /**
     * Writes one record. It is kept once its ticket says so.
     *
     * @throws SpoolFullException when that would pass a bound
     * @throws IOException when the disk does not take it
     */
    OpenSegment.Ticket write(ProducerRecord<String, byte[]> record) throws IOException {
        changing.lock();
        try {
            ByteBuffer frame = SegmentFormat.frame(sealer.seal(next, SpooledRecord.encode(record)));
            int length = frame.remaining();
            if (records + 1 > settings.maxRecords() || bytes + length > settings.maxBytes()) {
                throw new SpoolFullException(records, bytes);
            }
            OpenSegment.Ticket ticket = segment().append(frame);
            next++;
            records++;
            bytes += length;
            return ticket;
        } finally {
            changing.unlock();
        }
    }

    boolean isEmpty() {
        return records() == 0;
    }

    long records() {
        changing.lock();
        try {
            return records;
        } finally {
            changing.unlock();
        }
    }

    /** Bytes of the records. */
    long bytes() {
        changing.lock();
        try {
            return bytes;
        } finally {
            changing.unlock();
        }
    }

    /** Files that were set aside because something in them could not be read. */
    int damaged() {
        changing.lock();
        try {
            return damaged;
        } finally {
            changing.unlock();
        }
    }

    /** The oldest records, until they are {@linkplain #remove removed}; empty when there are none. */
    Optional<Batch> oldest() throws IOException {
        Segment oldest;
        changing.lock();
        try {
            if (closed.isEmpty()) {
                finish();
            }
            if (closed.isEmpty()) {
                return Optional.empty();
            }
            oldest = closed.getFirst();
        } finally {
            changing.unlock();
        }
        return Optional.of(read(oldest));
    }

    /** The records of a batch are where they belong. */
    void remove(Batch batch) {
        changing.lock();
        try {
            Segment gone = closed.removeFirst();
            records -= gone.records();
            bytes -= gone.bytes();
            if (batch.whole()) {
                folder.remove(batch.file());
            } else {
                folder.setAside(batch.file());
                damaged++;
                LOG.atError()
                        .addKeyValue("file", batch.file().getFileName())
                        .log("a part of the spool could not be read and was set aside");
            }
        } catch (IOException e) {
            // The next start will publish it again, which does no harm.
            LOG.atError().setCause(e).log("a published part of the spool could not be removed");
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        changing.lock();
        try {
            finish();
            folder.close();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the spool could not be closed");
        } finally {
            changing.unlock();
        }
    }

    /** What a former start left. An empty one is a crash between two steps, before anything was kept. */
    private void find(Path file) throws IOException {
        SegmentFormat.Reading reading = SegmentFormat.read(ByteBuffer.wrap(Files.readAllBytes(file)));
        if (reading.ending() == SegmentFormat.Ending.TORN) {
            LOG.atWarn()
                    .addKeyValue("file", file.getFileName())
                    .log(
                            "a record that was being written when the process ended is left out; nobody was told that it is kept");
        }
        int found = reading.contents().size();
        if (found == 0 && reading.ending() != SegmentFormat.Ending.DAMAGED) {
            folder.remove(file);
            return;
        }
        long length = reading.contents().stream()
                .flatMap(Optional::stream)
                .mapToLong(content -> SegmentFormat.FRAME_HEAD + content.length)
                .sum();
        long first = Folder.first(file);
        closed.addLast(new Segment(file, first, found, length));
        records += found;
        bytes += length;
        next = Math.max(next, first + found);
    }

    private Batch read(Segment segment) throws IOException {
        SegmentFormat.Reading reading = SegmentFormat.read(ByteBuffer.wrap(Files.readAllBytes(segment.file())));
        List<ProducerRecord<String, byte[]>> readable = new ArrayList<>();
        boolean whole = reading.ending() != SegmentFormat.Ending.DAMAGED;
        for (int i = 0; i < reading.contents().size(); i++) {
            Optional<ProducerRecord<String, byte[]>> record =
                    open(segment.first() + i, reading.contents().get(i));
            record.ifPresent(readable::add);
            whole &= record.isPresent();
        }
        return new Batch(segment.file(), readable, whole);
    }

    private Optional<ProducerRecord<String, byte[]>> open(long number, Optional<byte[]> content) {
        try {
            return content.map(each -> SpooledRecord.decode(sealer.open(number, each)));
        } catch (SealingException | IllegalArgumentException e) {
            LOG.atError().addKeyValue("record", number).setCause(e).log("a record of the spool cannot be opened");
            return Optional.empty();
        }
    }

    private OpenSegment segment() throws IOException {
        OpenSegment current = open;
        if (current != null && !current.isBroken() && current.bytes() < SEGMENT_BYTES) {
            return current;
        }
        finish();
        try {
            OpenSegment fresh = OpenSegment.create(folder, next);
            open = fresh;
            return fresh;
        } catch (IOException e) {
            // A file of this name may be left behind.
            next++;
            throw e;
        }
    }

    private void finish() {
        OpenSegment ended = open;
        if (ended == null) {
            return;
        }
        open = null;
        try {
            ended.finish();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("a part of the spool could not be brought to the disk; it was answered 503");
        }
        closed.addLast(
                new Segment(ended.file(), ended.first(), ended.records(), ended.bytes() - SegmentFormat.headBytes()));
    }
}
