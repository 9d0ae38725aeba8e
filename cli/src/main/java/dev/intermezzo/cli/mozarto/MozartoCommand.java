package dev.intermezzo.cli.mozarto;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo mozarto}. */
@Command(
        name = "mozarto",
        mixinStandardHelpOptions = true,
        description = "Make what the Mozarto Cashier expects, to try it by hand.",
        subcommands = UserTokenCommand.class)
public final class MozartoCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: user-token.");
    }
}
