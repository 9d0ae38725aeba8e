package dev.intermezzo.cli;

import dev.intermezzo.cli.accounts.AccountsCommand;
import dev.intermezzo.cli.audit.AuditCommand;
import dev.intermezzo.cli.bench.BenchCommand;
import dev.intermezzo.cli.cases.CasesCommand;
import dev.intermezzo.cli.chaos.ChaosCommand;
import dev.intermezzo.cli.check.CheckCommand;
import dev.intermezzo.cli.deadletters.DeadLettersCommand;
import dev.intermezzo.cli.demo.DemoCommand;
import dev.intermezzo.cli.doctor.DoctorCommand;
import dev.intermezzo.cli.keys.KeysCommand;
import dev.intermezzo.cli.merchants.MerchantsCommand;
import dev.intermezzo.cli.mozarto.MozartoCommand;
import dev.intermezzo.cli.mozello.MozelloCommand;
import dev.intermezzo.cli.notifications.NotificationsCommand;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.providers.ProvidersCommand;
import dev.intermezzo.cli.rebuild.RebuildCommand;
import dev.intermezzo.cli.refunds.RefundsCommand;
import dev.intermezzo.cli.sandbox.SandboxCommand;
import dev.intermezzo.cli.simulate.SimulateCommand;
import dev.intermezzo.cli.stage.AuditorCommand;
import dev.intermezzo.cli.stage.CashierCommand;
import dev.intermezzo.cli.stage.IngressCommand;
import dev.intermezzo.cli.stage.MerchantApiCommand;
import dev.intermezzo.cli.stage.NotifierCommand;
import dev.intermezzo.cli.stage.OrchestratorCommand;
import dev.intermezzo.cli.stage.ShopCommand;
import dev.intermezzo.cli.topics.TopicsCommand;
import dev.intermezzo.cli.up.UpCommand;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code intermezzo} command. */
@Command(
        name = "intermezzo",
        mixinStandardHelpOptions = true,
        version = "intermezzo 0.1.0-SNAPSHOT",
        description = "A payment bridge between Mozello shops and the Mozarto Cashier. Not for real money yet.",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            ChaosCommand.class,
            BenchCommand.class,
            IngressCommand.class,
            OrchestratorCommand.class,
            CashierCommand.class,
            ShopCommand.class,
            NotifierCommand.class,
            AuditorCommand.class,
            MerchantApiCommand.class,
            SandboxCommand.class,
            AuditCommand.class,
            RebuildCommand.class,
            MerchantsCommand.class,
            AccountsCommand.class,
            KeysCommand.class,
            TopicsCommand.class,
            MozelloCommand.class,
            MozartoCommand.class,
            ProvidersCommand.class,
            CasesCommand.class,
            RefundsCommand.class,
            NotificationsCommand.class,
            DeadLettersCommand.class,
            DoctorCommand.class,
            SimulateCommand.class
        })
public final class Intermezzo implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    private Intermezzo() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command, ready to execute; tests give it their own output. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Intermezzo());
        // It looks at what merchants stores, so merchants cannot name it itself.
        Objects.requireNonNull(line.getSubcommands().get("merchants")).addSubcommand(new CheckCommand());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CommandFailure known) {
                        command.getErr().println(known.code() + ": " + known.getMessage());
                        return ExitCodes.CANNOT_RUN;
                    }
                    throw failure;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command; 'intermezzo --help' lists them.");
    }
}
