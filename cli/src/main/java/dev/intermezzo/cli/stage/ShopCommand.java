package dev.intermezzo.cli.stage;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intermezzo shop}. */
@Command(
        name = "shop",
        mixinStandardHelpOptions = true,
        description = "The executor of questions to Mozello. Runs until it is stopped by a signal.")
public final class ShopCommand implements Callable<Integer> {
    @Mixin
    private StageProcess process = new StageProcess();

    @Override
    public Integer call() throws InterruptedException {
        return process.run(StageRole.SHOP);
    }
}
