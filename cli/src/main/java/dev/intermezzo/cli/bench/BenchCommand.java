package dev.intermezzo.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure on this machine.",
        subcommands = {FailoverCommand.class, FloodCommand.class, PagesCommand.class})
public final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: failover, flood or pages.");
    }
}
