package dev.intermezzo.cli.stage;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intermezzo notifier}. */
@Command(
        name = "notifier",
        mixinStandardHelpOptions = true,
        description = "Tells shops what became of their orders. Runs until it is stopped by a signal.")
public final class NotifierCommand implements Callable<Integer> {
    @Mixin
    private StageProcess process = new StageProcess();

    @Override
    public Integer call() throws InterruptedException {
        return process.run(StageRole.NOTIFIER);
    }
}
