package dev.intermezzo.cli.stage;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intermezzo cashier}. */
@Command(
        name = "cashier",
        mixinStandardHelpOptions = true,
        description = "The executor of calls to the Mozarto Cashier. Runs until it is stopped by a signal.")
public final class CashierCommand implements Callable<Integer> {
    @Mixin
    private StageProcess process = new StageProcess();

    @Override
    public Integer call() throws InterruptedException {
        return process.run(StageRole.CASHIER);
    }
}
