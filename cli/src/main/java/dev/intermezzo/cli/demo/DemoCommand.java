package dev.intermezzo.cli.demo;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo demo}: many buyers through a world of its own, every outcome compared with the truth. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Send buyers through a sandbox world of its own over HTTP, with misfortunes in the mix, and compare every",
            "outcome with the truth that the seed fixed beforehand. Exit code 0 only when nothing is wrong, every outcome",
            "and fault of the mix happened, every operation of every provider that can be used was taken, and the",
            "auditor found no rule of money broken."
        })
public final class DemoCommand implements Callable<Integer> {
    /**
     * Warm-up payments for each measured one, and the most of them. The broker, every stage and both partners share one virtual
     * machine, whose compiler is busy with them for about 5,000 payments and takes half of two cores meanwhile.
     */
    private static final int WARM_UP_EACH = 12;

    private static final int MOST_WARM_UP = 6_000;

    @Mixin
    private Output output = new Output();

    @Option(names = "--payments", defaultValue = "200", description = "How many. Default: ${DEFAULT-VALUE}.")
    private int payments;

    @Option(names = "--rate", defaultValue = "50", description = "Checkouts per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seed", defaultValue = "1", description = "Fixes every true outcome. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--warm-up",
            description = "Payments before the measured ones, not counted. Default: 12 for each, at most 6000.")
    private @Nullable Integer warmUpOption;

    @Option(names = "--seed-wrong", description = "Let one buyer act against the plan: the command must then fail.")
    private boolean seedWrong;

    @Option(
            names = "--processes",
            description = "Run each stage in a process of its own; its log and settings lie in the data folder.")
    private boolean processes;

    @Option(
            names = "--data",
            defaultValue = ".intermezzo/demo",
            description =
                    "Data folder; emptied first, kept afterwards for 'audit verify --data'. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path data;

    @Override
    public Integer call() throws InterruptedException {
        int warmUp = warmUpOption == null
                ? (int) Math.min((long) WARM_UP_EACH * Math.max(payments, 0), MOST_WARM_UP)
                : warmUpOption;
        DemoRun run = new DemoRun(new DemoRun.Load(payments, rate, seed, warmUp, seedWrong), output);
        empty(data);
        DemoRun.Judged judged;
        try (SandboxWorld world = world()) {
            judged = run.run(world.partners(), world.kafka(), world.api(), List.of(world.auditor()));
        }
        int exit = run.conclude(judged);
        output.line("The ledger is kept: ./intermezzo audit verify --data " + data);
        return exit;
    }

    private SandboxWorld world() {
        return processes
                ? SandboxWorld.startApart(data, Ports.freeWithApi(), this::tell)
                : SandboxWorld.start(data, Ports.freeWithApi(), this::tell);
    }

    private void tell(String what) {
        output.err().println("Starting " + what + " ...");
        output.err().flush();
    }

    /** Only a folder that a demonstration made is emptied. */
    private static void empty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder.resolve("kafka"))) {
            throw new CommandFailure(
                    "data-unusable",
                    "The folder " + folder + " was not made by a demonstration; name another with --data.");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CommandFailure("data-unusable", "The data folder " + folder + " cannot be emptied.", e);
        }
    }
}
