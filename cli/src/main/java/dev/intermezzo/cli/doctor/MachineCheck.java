package dev.intermezzo.cli.doctor;

import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a machine must have: a JDK, keys that only their owner reads, room for state. */
final class MachineCheck {
    private static final int OLDEST_JAVA = 21;
    private static final long GIB = 1L << 30;
    /** State stores of a busy installation grow by less than this in a night. */
    private static final long ENOUGH = 2 * GIB;

    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Findings findings;

    MachineCheck(Findings findings) {
        this.findings = findings;
    }

    void jdk(Runtime.Version version) {
        if (version.feature() < OLDEST_JAVA) {
            findings.problem(
                    "jdk",
                    "jdk-old",
                    "this is Java " + version + ", older than " + OLDEST_JAVA,
                    "Install a JDK of the current long-term release and set JAVA_HOME.");
        }
    }

    /** A stage's folder need not hold every keyset, so a missing one is a note and an empty folder a problem. */
    void keys(Path folder) {
        List<Keyset> here = Arrays.stream(Keyset.values())
                .filter(keyset -> Files.exists(folder.resolve(keyset.fileName())))
                .toList();
        if (here.isEmpty()) {
            findings.problem(
                    folder.toString(),
                    "keys-missing",
                    "holds no keyset",
                    "Name the installation's folder with --keys; a new installation makes one with 'intermezzo keys "
                            + "create'.");
            return;
        }
        for (Keyset keyset : Keyset.values()) {
            if (here.contains(keyset)) {
                readable(folder, keyset);
            } else {
                findings.note(folder + " does not hold " + keyset.fileName() + ", which not every stage needs.");
            }
        }
    }

    private void readable(Path folder, Keyset keyset) {
        Path file = folder.resolve(keyset.fileName());
        try {
            SealingKeys.load(folder, EnumSet.of(keyset));
        } catch (SealingException e) {
            findings.problem(
                    file.toString(),
                    "keyset-unusable",
                    String.valueOf(e.getMessage()),
                    "Bring back the copy that was kept; what is sealed with a lost key cannot be opened again.");
            return;
        }
        try {
            boolean secret = !keyset.fileName().endsWith("-public.json");
            if (secret && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                findings.problem(
                        file.toString(),
                        "keyset-open-to-others",
                        "can be read or written by other users of this machine",
                        "chmod 600 " + file);
            }
        } catch (UnsupportedOperationException | IOException e) {
            findings.note("The rights of " + file + " could not be looked at.");
        }
    }

    /** The disk of each folder, or of what is there of its path. */
    void disks(List<Path> folders) {
        for (Path folder : folders) {
            @Nullable Path there = folder.toAbsolutePath();
            while (there != null && !Files.exists(there)) {
                there = there.getParent();
            }
            if (there != null) {
                disk(folder, there);
            }
        }
    }

    private void disk(Path folder, Path there) {
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            if (!Files.isWritable(there)) {
                findings.problem(
                        folder.toString(),
                        "state-dir-not-writable",
                        "cannot be written by this user",
                        "Give it to the user that runs the stages: chown -R <user> " + there);
            }
            if (free < ENOUGH) {
                findings.problem(
                        folder.toString(),
                        "disk-low",
                        "has " + free / (1 << 20) + " MiB free, less than " + ENOUGH / (1 << 20),
                        "Make room: a full disk stops the stage. State stores can be deleted while their stage is "
                                + "stopped; they are restored from Kafka.");
            }
        } catch (IOException e) {
            findings.note("The disk of " + folder + " could not be looked at.");
        }
    }
}
