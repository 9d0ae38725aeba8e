package dev.intermezzo.cli.sandbox;

import dev.intermezzo.cli.demo.DemoRun;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.sandbox.load.EdgeProbe;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo sandbox demo}: planned buyers for stages that run elsewhere. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Send buyers through an installation whose stages run elsewhere, with partners of their own and misfortunes in",
            "the mix, and compare every outcome with the truth that the seed fixed beforehand. Exit code 0 only when",
            "nothing is wrong and every outcome and fault of the mix happened."
        })
final class SandboxDemoCommand implements Callable<Integer> {
    /** Partners of its own: a shop that somebody clicks in shares no secret with it. */
    private static final String ACCOUNT = "demo-run-account";

    private static final String SHOP = "demo-run-shop";

    @Mixin
    private Output output = new Output();

    @Mixin
    private SandboxOptions options = new SandboxOptions();

    @Option(names = "--payments", defaultValue = "100", description = "How many. Default: ${DEFAULT-VALUE}.")
    private int payments;

    @Option(names = "--rate", defaultValue = "10", description = "Checkouts per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seed", defaultValue = "1", description = "Fixes every true outcome. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--warm-up",
            defaultValue = "50",
            description = "Payments before the measured ones, not counted. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--seed-wrong", description = "Let one buyer act against the plan: the command must then fail.")
    private boolean seedWrong;

    @Override
    public Integer call() throws InterruptedException {
        DemoRun run = new DemoRun(new DemoRun.Load(payments, rate, seed, warmUp, seedWrong), output);
        try (PartnersFolder folder = options.hold(SHOP);
                KafkaConnection connection = options.connect();
                Partners partners = options.start(ACCOUNT, folder, connection)) {
            awaitEdge(partners.shop());
            return run.conclude(run.run(partners, connection.settings(), Optional.empty(), List.of()));
        }
    }

    private static void awaitEdge(SimulatedShop shop) throws InterruptedException {
        Optional<String> refused = EdgeProbe.awaitAccepting(shop);
        if (refused.isPresent()) {
            throw new CommandFailure(
                    "edge-not-accepting",
                    "The edge does not take a checkout: " + refused.get()
                            + ". Is the ingress ready, and do --edge, --keys"
                            + " and --bootstrap-servers name one installation?");
        }
    }
}
