package dev.intermezzo.ingress.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The segment that is written to. One thread at a time appends ({@link Spool} sees to that); any number wait until what they
 * appended is on the disk, and whoever comes first does it for all that was appended by then.
 */
final class OpenSegment {

    private final FileChannel channel;
    private final Path file;
    private final long first;
    private final ReentrantLock syncing = new ReentrantLock();
    private long bytes;
    private volatile int records;
    private int durable;
    private volatile @Nullable IOException broken;

    private OpenSegment(FileChannel channel, Path file, long first) {
        this.channel = channel;
        this.file = file;
        this.first = first;
    }

    /** A new file, readable by its owner only, whose name will outlive a crash. */
    static OpenSegment create(Folder folder, long first) throws IOException {
        Path file = folder.segment(first);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        OpenSegment segment = new OpenSegment(channel, file, first);
        try {
            segment.write(SegmentFormat.head());
            channel.force(true);
            folder.sync();
            return segment;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** A place in the segment, to wait for. */
    record Ticket(OpenSegment segment, int upTo) {

        /** Returns once everything up to here is on the disk. */
        void awaitDurable() throws IOException {
            segment.sync(upTo);
        }
    }

    long first() {
        return first;
    }

    Path file() {
        return file;
    }

    int records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    boolean isBroken() {
        return broken != null;
    }

    /** Appends a frame as a whole or not at all. */
    Ticket append(ByteBuffer frame) throws IOException {
        long before = bytes;
        int appended = records;
        try {
            write(frame);
        } catch (IOException e) {
            cutBack(before, e);
            throw e;
        }
        records = appended + 1;
        return new Ticket(this, records);
    }

    /**
     * Ends the segment. What could not be brought to the disk fails for those who wait for it.
     */
    void finish() throws IOException {
        try {
            sync(records);
        } finally {
            channel.close();
        }
    }

    private void sync(int upTo) throws IOException {
        syncing.lock();
        try {
            if (durable >= upTo) {
                return;
            }
            IOException before = broken;
            if (before != null) {
                throw new IOException("the segment could not be brought to the disk", before);
            }
            int reached = records;
            try {
                channel.force(false);
            } catch (IOException e) {
                // What a failed fsync leaves on the disk is not known; another one may succeed without writing it.
                broken = e;
                throw e;
            }
            durable = reached;
        } finally {
            syncing.unlock();
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        int length = buffer.remaining();
        long at = bytes;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
        bytes += length;
    }

    private void cutBack(long length, IOException cause) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            cause.addSuppressed(e);
            broken = cause;
        }
    }
}
