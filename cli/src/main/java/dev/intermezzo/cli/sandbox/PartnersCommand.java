package dev.intermezzo.cli.sandbox;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.stage.GracefulStop;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.cashier.Psp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo sandbox partners}: a shop to click in, until it is stopped. */
@Command(
        name = "partners",
        mixinStandardHelpOptions = true,
        description = {
            "Run a simulated shop and a simulated Cashier, known to the installation as merchant 'demo-shop'.",
            "They listen on every address of this machine or container and ask for no credentials: for a sandbox only."
        })
final class PartnersCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private SandboxOptions options = new SandboxOptions();

    @Option(
            names = "--set-up",
            paramLabel = "CODE",
            split = ",",
            description = {
                "Providers that the simulated company has set up besides: NEOSURF, EMERCHANTPAY, BRITE.",
                "Too little of them is documented to route to; what is assumed is in docs/partners.md."
            })
    private List<Psp> setUp = List.of();

    @Override
    public Integer call() throws InterruptedException {
        try (GracefulStop stop = GracefulStop.onSignal();
                PartnersFolder folder = options.hold(SandboxWorld.SHOP);
                KafkaConnection connection = options.connect();
                Partners partners = options.start(SandboxWorld.ACCOUNT, folder, connection)) {
            setUp.forEach(partners.cashier()::setUp);
            output.line("TEST only. Shop " + partners.shop().base() + ", Cashier "
                    + partners.cashier().base() + ".");
            Map<String, Object> addresses = new LinkedHashMap<>();
            addresses.put("ready", true);
            addresses.put("shop", partners.shop().base().toString());
            addresses.put("cashier", partners.cashier().base().toString());
            output.result(addresses);
            stop.await();
        }
        return ExitCodes.HOLDS;
    }
}
