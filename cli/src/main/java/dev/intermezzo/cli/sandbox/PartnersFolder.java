package dev.intermezzo.cli.sandbox;

import dev.intermezzo.cli.output.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of the partners of one name, held by one process at a time: with two, every second call would reach the
 * partners that know nothing of the payment. The hold ends with the process, however that ends, and is seen by containers
 * that share the folder.
 */
final class PartnersFolder implements AutoCloseable {
    private final String name;
    private final Path path;
    private final FileChannel lock;

    private PartnersFolder(String name, Path path, FileChannel lock) {
        this.name = name;
        this.path = path;
        this.lock = lock;
    }

    /**
     * @param name their merchant's and integration's id
     * @throws CommandFailure {@code partners-running} when another process holds it, {@code data-unusable}
     */
    static PartnersFolder hold(Path secrets, String name) {
        Path path = secrets.resolve(name);
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new CommandFailure(
                        "partners-running",
                        "Other partners named " + name + " are running with the secrets in " + path
                                + ". Stop them, or wait for their end.");
            }
            return new PartnersFolder(name, path, channel);
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The folder " + path + " cannot be used.", e);
        }
    }

    String name() {
        return name;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + path + " could not be released", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held within this process
        }
    }
}
