package dev.intermezzo.cli.keys;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo keys}. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "The installation's sealing keys.")
public final class KeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: create or add.");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = {
                "Draw new keys, one file per keyset, readable by their owner only.",
                "Nothing is ever overwritten: what is sealed with lost keys cannot be opened again. Keep a copy apart."
            })
    int create(
            @Mixin Output output,
            @Option(
                            names = "--keys",
                            paramLabel = "DIR",
                            defaultValue = "${env:INTERMEZZO_KEYS_DIR:-.intermezzo/keys}",
                            description = "Folder to make them in (default: ${DEFAULT-VALUE}).")
                    Path folder) {
        List<String> files =
                Arrays.stream(Keyset.values()).map(Keyset::fileName).toList();
        for (String file : files) {
            if (folder.resolve(file).toFile().exists()) {
                throw new CommandFailure(
                        "keys-exist", "The folder " + folder + " holds " + file + " already; nothing was changed.");
            }
        }
        try {
            SealingKeys.generate().save(folder);
        } catch (SealingException e) {
            throw new CommandFailure("keys-not-written", String.valueOf(e.getMessage()), e);
        }
        output.line("Made " + files.size() + " keysets in "
                + folder.toAbsolutePath().normalize() + ".");
        output.line("Keep a copy apart: what is sealed with lost keys cannot be opened again.");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("folder", folder.toAbsolutePath().normalize().toString());
        fields.put("keysets", files);
        output.result(fields);
        return ExitCodes.HOLDS;
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "After an update: draw the keysets that this release has added and the folder lacks.",
                "What is there stays; with nothing to add nothing is done."
            })
    int add(
            @Mixin Output output,
            @Option(
                            names = "--keys",
                            paramLabel = "DIR",
                            defaultValue = "${env:INTERMEZZO_KEYS_DIR:-.intermezzo/keys}",
                            description = "The installation's folder (default: ${DEFAULT-VALUE}).")
                    Path folder) {
        if (Arrays.stream(Keyset.values()).noneMatch(keyset -> Files.exists(folder.resolve(keyset.fileName())))) {
            throw new CommandFailure(
                    "keys-missing", "The folder " + folder + " holds no keyset; 'intermezzo keys create' makes all.");
        }
        try {
            List<String> added = SealingKeys.addNew(folder).stream()
                    .map(Keyset::fileName)
                    .sorted()
                    .toList();
            output.line(
                    added.isEmpty()
                            ? "Nothing is missing."
                            : "Made " + String.join(", ", added) + " in "
                                    + folder.toAbsolutePath().normalize() + ". Give it to the stages that need it.");
            output.result(Map.of("keysets", added));
            return ExitCodes.HOLDS;
        } catch (SealingException e) {
            throw new CommandFailure("keys-not-written", String.valueOf(e.getMessage()), e);
        }
    }
}
