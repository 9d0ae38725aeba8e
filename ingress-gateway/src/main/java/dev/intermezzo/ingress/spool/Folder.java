package dev.intermezzo.ingress.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The spool's folder, held by one process at a time; the lock goes with the process, however it ends. */
final class Folder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String SEGMENT = ".segment";
    private static final String DAMAGED = ".damaged";
    /** Numbers of this length fit a long, and no clock comes near their end. */
    private static final Pattern SEGMENT_NAME = Pattern.compile("00[0-9]{18}\\" + SEGMENT);

    private final Path dir;
    private final FileChannel lock;

    private Folder(Path dir, FileChannel lock) {
        this.dir = dir;
        this.lock = lock;
    }

    /** @throws SpoolUnusableException when another process has it, or it cannot be made or written */
    @SuppressWarnings("resource") // the lock is held until the channel is closed
    static Folder take(Path dir) {
        try {
            Files.createDirectories(
                    dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel =
                    FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw SpoolUnusableException.taken(dir);
            }
            return new Folder(dir, channel);
        } catch (IOException e) {
            throw SpoolUnusableException.failing(dir, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    Path dir() {
        return dir;
    }

    /** Where the segment that begins with this record lies. */
    Path segment(long first) {
        return dir.resolve("%020d%s".formatted(first, SEGMENT));
    }

    /** Segments by their first record, oldest first. Other files, such as somebody's copy of one, are left alone. */
    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file ->
                            SEGMENT_NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    static long first(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SEGMENT.length()));
    }

    int damaged() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return Math.toIntExact(
                    files.filter(file -> file.toString().endsWith(DAMAGED)).count());
        }
    }

    void remove(Path segment) throws IOException {
        Files.deleteIfExists(segment);
        sync();
    }

    /** Keeps a segment for people to look at; it is not read again. */
    void setAside(Path segment) throws IOException {
        String name = segment.getFileName().toString();
        Files.move(segment, dir.resolve(name + DAMAGED));
        sync();
    }

    /** Names of files are durable once their folder is. */
    void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
