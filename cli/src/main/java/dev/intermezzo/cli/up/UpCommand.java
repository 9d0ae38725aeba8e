package dev.intermezzo.cli.up;

import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.stage.GracefulStop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo up}: everything on this machine, until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Run everything in one process on this machine: Kafka, every stage, a simulated shop and a simulated Cashier.",
            "Nothing is reachable from outside. Stop with Ctrl-C; the data folder goes on where it stopped."
        })
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--data", defaultValue = ".intermezzo/up", description = "Data folder. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path data;

    @Option(names = "--ingress-port", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int ingressPort;

    @Option(names = "--shop-port", defaultValue = "8081", description = "Default: ${DEFAULT-VALUE}.")
    private int shopPort;

    @Option(names = "--cashier-port", defaultValue = "8082", description = "Default: ${DEFAULT-VALUE}.")
    private int cashierPort;

    @Option(names = "--management-port", defaultValue = "9090", description = "Default: ${DEFAULT-VALUE}.")
    private int managementPort;

    @Option(names = "--broker-port", defaultValue = "9092", description = "Default: ${DEFAULT-VALUE}.")
    private int brokerPort;

    @Option(names = "--api-port", defaultValue = "8100", description = "Default: ${DEFAULT-VALUE}.")
    private int apiPort;

    @Override
    public Integer call() throws InterruptedException {
        long begun = System.nanoTime();
        Ports ports =
                new Ports(ingressPort, shopPort, cashierPort, managementPort, brokerPort, OptionalInt.of(apiPort));
        try (GracefulStop stop = GracefulStop.onSignal();
                SandboxWorld world = SandboxWorld.start(data, ports, this::tell)) {
            announce(world, Duration.ofNanos(System.nanoTime() - begun));
            stop.await();
            output.err().println("Stopping ...");
            output.err().flush();
        }
        return ExitCodes.HOLDS;
    }

    private void tell(String what) {
        output.err().println("Starting " + what + " ...");
        output.err().flush();
    }

    private void announce(SandboxWorld world, Duration took) {
        String seconds = "%d.%d".formatted(took.toSeconds(), took.toMillisPart() / 100);
        output.line("");
        output.line("Intermezzo is ready (" + seconds + " s). TEST only: no real money, nothing leaves this machine.");
        output.line("");
        output.line("  Shop        " + world.shop().base()
                + "   open this in a browser, put something in the cart, check out");
        output.line("  Cashier     " + world.cashier().base() + "   the simulated provider pages live here");
        output.line("  Ingress     " + world.ingress());
        world.api().ifPresent(api -> output.line("  API         " + api + "/api/v1/openapi.json"));
        output.line("  Health      " + world.management() + "/ready");
        output.line("  Kafka       " + world.kafka().bootstrapServers());
        output.line("  Data        " + data.toAbsolutePath());
        output.line("");
        output.line("The story of a payment:   ./intermezzo audit show <order id>");
        output.line("Check the whole ledger:   ./intermezzo audit verify");
        output.line("Stop with Ctrl-C.");
        Map<String, Object> addresses = new LinkedHashMap<>();
        addresses.put("ready", true);
        addresses.put("ready_ms", took.toMillis());
        addresses.put("shop", world.shop().base().toString());
        addresses.put("cashier", world.cashier().base().toString());
        addresses.put("ingress", world.ingress().toString());
        world.api().ifPresent(api -> addresses.put("api", api.toString()));
        addresses.put("management", world.management().toString());
        addresses.put("bootstrap_servers", world.kafka().bootstrapServers());
        output.result(addresses);
    }
}
