package dev.intermezzo.cli.doctor;

import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.ingress.spool.SpoolSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks where the edge keeps webhooks while Kafka is away: a disk that cannot take what the spool may hold is found out by the
 * first outage only, and then the Cashier is answered 503.
 */
final class SpoolCheck {
    private static final int MIB = 1 << 20;

    private final Findings findings;

    SpoolCheck(Findings findings) {
        this.findings = findings;
    }

    void check(SpoolSettings settings) {
        Path there = existing(settings.dir());
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            findings.problem(
                    settings.dir().toString(),
                    "spool-dir-unusable",
                    Files.isDirectory(there)
                            ? "cannot be written by this user"
                            : "cannot be a folder: " + there + " is a file",
                    "Give it to the user that runs the edge, or name another folder with webhook.spool.dir: the edge does not "
                            + "start without it.");
            return;
        }
        try {
            List<Path> files = filesIn(settings.dir());
            room(settings, there, files);
            leftovers(settings.dir(), files);
        } catch (IOException e) {
            findings.note("The disk of " + settings.dir() + " could not be looked at.");
        }
    }

    /** What it holds already is part of what it may take. */
    private void room(SpoolSettings settings, Path there, List<Path> files) throws IOException {
        long held = 0;
        for (Path file : files) {
            held += Files.size(file);
        }
        long wanted = Math.max(0, settings.maxBytes() - held);
        long free = Files.getFileStore(there).getUsableSpace();
        if (free < wanted) {
            findings.problem(
                    settings.dir().toString(),
                    "spool-disk-low",
                    "has " + free / MIB + " MiB free, less than the " + wanted / MIB
                            + " MiB that the spool may still take",
                    "Make room, or lower webhook.spool.max-bytes: on a full disk webhooks are answered 503 while Kafka is "
                            + "away.");
        }
    }

    private void leftovers(Path dir, List<Path> files) {
        long damaged = files.stream()
                .filter(file -> file.toString().endsWith(".damaged"))
                .count();
        if (damaged > 0) {
            findings.problem(
                    dir.toString(),
                    "spool-damaged",
                    "holds " + damaged + " file(s) with webhooks that could not be read",
                    "Bring back the keys that sealed them, as docs/operations.md says, or move the files away once nobody "
                            + "misses a payment.");
        }
        if (files.stream().anyMatch(file -> file.toString().endsWith(".segment"))) {
            findings.note("Webhooks wait in " + dir + "; they are published once the edge runs and Kafka takes them.");
        }
    }

    private static List<Path> filesIn(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The folder, or what is there of its path. */
    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
