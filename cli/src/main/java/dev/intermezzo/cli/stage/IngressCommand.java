package dev.intermezzo.cli.stage;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intermezzo ingress}. */
@Command(
        name = "ingress",
        mixinStandardHelpOptions = true,
        description = "The public edge: checkouts, webhooks, buyers' pages. Runs until it is stopped by a signal.")
public final class IngressCommand implements Callable<Integer> {
    @Mixin
    private StageProcess process = new StageProcess();

    @Override
    public Integer call() throws InterruptedException {
        return process.run(StageRole.INGRESS);
    }
}
