package dev.intermezzo.cli.stage;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code intermezzo merchant-api}. */
@Command(
        name = "merchant-api",
        mixinStandardHelpOptions = true,
        description =
                "What merchants' own systems ask: their payments, and refunds. Runs until it is stopped by a signal.")
public final class MerchantApiCommand implements Callable<Integer> {
    @Mixin
    private StageProcess process = new StageProcess();

    @Override
    public Integer call() throws InterruptedException {
        return process.run(StageRole.MERCHANT_API);
    }
}
