package dev.intermezzo.cli.mozello;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo mozello}. */
@Command(
        name = "mozello",
        mixinStandardHelpOptions = true,
        description = "Check and make Mozello's signatures and manifests.",
        subcommands = {
            VerifyCommand.class,
            ExplainCommand.class,
            SignFormCommand.class,
            SignNotifyCommand.class,
            ManifestCommand.class
        })
public final class MozelloCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name a command: verify, explain, sign-form, sign-notify or manifest.");
    }
}
