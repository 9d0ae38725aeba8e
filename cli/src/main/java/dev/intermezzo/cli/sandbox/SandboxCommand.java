package dev.intermezzo.cli.sandbox;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo sandbox}. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "A simulated shop and Cashier for an installation whose stages run in processes of their own.",
        subcommands = {PartnersCommand.class, SandboxDemoCommand.class, BrokerCommand.class})
public final class SandboxCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: partners or demo.");
    }
}
