package dev.intermezzo.cli.keys;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option that says where the sealing keys are. */
public final class KeysOptions {
    /** Where an installation keeps its keys when nothing else is said. */
    private static final Path INSTALLED = Path.of(".intermezzo", "keys");

    /** Where {@code up} keeps those of its sandbox. */
    private static final Path SANDBOX = Path.of(".intermezzo", "up", "keys");

    private static final String VARIABLE = "INTERMEZZO_KEYS_DIR";

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description = {
                "Folder of the sealing keys.",
                "Default: the variable INTERMEZZO_KEYS_DIR; else the folder 'keys' in --data; else .intermezzo/keys, and "
                        + "where that does not exist, .intermezzo/up/keys, the sandbox's."
            })
    private @Nullable Path given;

    /**
     * The folder, which may not exist.
     *
     * @param data the data folder that the command was given, if any
     */
    public Path folder(Optional<Path> data) {
        return folder(data, Optional.ofNullable(System.getenv(VARIABLE)));
    }

    Path folder(Optional<Path> data, Optional<String> variable) {
        if (given != null) {
            return given;
        }
        return variable.filter(text -> !text.isBlank())
                .map(Path::of)
                .or(() -> data.map(folder -> folder.resolve("keys")))
                .orElseGet(() -> Stream.of(INSTALLED, SANDBOX)
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElse(INSTALLED));
    }

    /**
     * What seals and opens merchants' secrets.
     *
     * @throws CommandFailure {@code keys-missing} when the folder does not hold that keyset
     */
    public static SecretSealer sealer(Path folder) {
        try {
            return new SecretSealer(SealingKeys.load(folder, EnumSet.of(Keyset.MERCHANT_SECRETS)));
        } catch (SealingException e) {
            throw new CommandFailure(
                    "keys-missing",
                    e.getMessage()
                            + " Name the installation's keys folder with --keys; 'intermezzo keys create' makes one.",
                    e);
        }
    }
}
