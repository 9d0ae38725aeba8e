package dev.intermezzo.cli.stage;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intermezzo orchestrator}. */
@Command(
        name = "orchestrator",
        mixinStandardHelpOptions = true,
        description =
                "The state machine that decides about every payment, and the correlator. Runs until it is stopped by a signal.")
public final class OrchestratorCommand implements Callable<Integer> {
    @Mixin
    private StageProcess process = new StageProcess();

    @Override
    public Integer call() throws InterruptedException {
        return process.run(StageRole.ORCHESTRATOR);
    }
}
