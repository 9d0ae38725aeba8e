package dev.intermezzo.cli.mozello;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo mozello manifest}. */
@Command(
        name = "manifest",
        mixinStandardHelpOptions = true,
        description = "Make and check the manifest of a public gateway.",
        subcommands = {ManifestGenerateCommand.class, ManifestLintCommand.class})
final class ManifestCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: generate or lint.");
    }
}
