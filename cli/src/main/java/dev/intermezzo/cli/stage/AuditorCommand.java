package dev.intermezzo.cli.stage;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intermezzo auditor}. */
@Command(
        name = "auditor",
        mixinStandardHelpOptions = true,
        description =
                "Checks the rules of money in the ledger while it grows, and counts payments that wait too long. Runs until it is stopped by a signal.")
public final class AuditorCommand implements Callable<Integer> {
    @Mixin
    private StageProcess process = new StageProcess();

    @Override
    public Integer call() throws InterruptedException {
        return process.run(StageRole.AUDITOR);
    }
}
