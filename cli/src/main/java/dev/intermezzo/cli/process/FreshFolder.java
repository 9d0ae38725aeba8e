package dev.intermezzo.cli.process;

import dev.intermezzo.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder of one run: named and then kept, or temporary and kept only when something was wrong. Mixed into commands. */
public final class FreshFolder {
    private final String prefix;
    private @Nullable Path open;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "New folder for logs and data, kept afterwards.",
                "Default: a temporary one, kept only when something was wrong."
            })
    private @Nullable Path named;

    /** @param prefix of a temporary folder's name */
    public FreshFolder(String prefix) {
        this.prefix = prefix;
    }

    /** @throws CommandFailure {@code data-unusable} when a named folder holds something, or none can be made */
    public Path open() {
        try {
            if (named == null) {
                open = Files.createTempDirectory(prefix);
                return open;
            }
            if (Files.exists(named) && !isEmpty(named)) {
                throw new CommandFailure("data-unusable", "The folder " + named + " is not empty; name a new one.");
            }
            open = Files.createDirectories(named.toAbsolutePath());
            return open;
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The data folder cannot be made.", e);
        }
    }

    /**
     * Deletes a temporary folder after a good run.
     *
     * @return the folder, when it is kept
     */
    public Optional<Path> conclude(boolean good) {
        if (open == null) {
            return Optional.empty();
        }
        if (!good || named != null) {
            return Optional.of(open);
        }
        delete(open);
        return Optional.empty();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The temporary folder " + folder + " cannot be deleted.", e);
        }
    }
}
