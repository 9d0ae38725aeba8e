package dev.intermezzo.cli.chaos;

import dev.intermezzo.cli.fleet.Fleet;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.process.EndOnSignal;
import dev.intermezzo.cli.process.FreshFolder;
import dev.intermezzo.cli.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo chaos}. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Run three brokers and two of every stage as processes, send buyers through them, and meanwhile kill (SIGKILL)",
            "hold still (SIGSTOP) and restart (SIGTERM) every kind of them. Then compare every payment and refund with the",
            "truth that the seed fixed beforehand. Exit code 0 only when nothing is wrong, every kind of process was killed,",
            "held and restarted, a kill fell into an open call that moves money, no stage held more than 900 MiB and, for",
            "each ten minutes of a run, a hundred calls moved money."
        })
public final class ChaosCommand implements Callable<Integer> {
    private static final int STORY_HEAP_MIB = 256;
    private static final Duration STORY = Duration.ofSeconds(60);
    private static final int MOST_STORIES = 10;

    @Mixin
    private Output output = new Output();

    @Mixin
    private FreshFolder folder = new FreshFolder("intermezzo-chaos-");

    @Option(
            names = "--minutes",
            defaultValue = "3",
            description = "How long buyers come and processes die, 1 to 1440. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Fixes every true outcome and every blow. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--rate", defaultValue = "28", description = "Buyers per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--buyers",
            defaultValue = "300",
            description = {
                "At most so many buyers are on their way at once; where the machine serves no more of them, fewer come",
                "than the rate asks for. Default: ${DEFAULT-VALUE}."
            })
    private int buyers;

    @Option(
            names = "--every",
            description = "Seconds from one blow to the next, on average, 2 to 600. Default: 2 to 15, by --minutes.")
    private @Nullable Integer every;

    @Option(names = "--seed-wrong", description = "Let one buyer act against the plan: the command must then fail.")
    private boolean seedWrong;

    private final long begun = System.nanoTime();

    @Override
    public Integer call() {
        ChaosRun run = new ChaosRun(load(), this::tell);
        Path data = folder.open();
        ChaosReport report = EndOnSignal.during(() -> run.run(data, (found, fleet) -> stories(found, fleet, data)));
        report.toLines().forEach(output.isJson() ? this::tell : output::line);
        folder.conclude(report.ok()).ifPresent(kept -> tell("logs and data are kept in " + kept));
        output.result(report.toJson());
        return report.ok() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    private ChaosRun.Load load() {
        boolean often = every == null || (every >= 2 && every <= 600);
        if (minutes < 1 || minutes > 1440 || rate < 1 || buyers < 1 || !often) {
            throw new CommandFailure(
                    "chaos-options",
                    "--minutes is 1 to 1440, --rate and --buyers are at least 1, --every is 2 to 600.");
        }
        Duration length = Duration.ofMinutes(minutes);
        Duration pause = every == null ? ChaosPlan.usualPause(length) : Duration.ofSeconds(every);
        return new ChaosRun.Load(length, rate, buyers, pause, seed, seedWrong);
    }

    private void tell(String what) {
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        output.err().println("%5d.%d s  %s".formatted(millis / 1_000, millis % 1_000 / 100, what));
        output.err().flush();
    }

    /** While the brokers still run, the ledger's story of each wrong payment is written beside the logs. */
    private void stories(ChaosReport report, Fleet fleet, Path folder) throws InterruptedException {
        List<String> wrong = report.wrongOrders().stream().limit(MOST_STORIES).toList();
        for (String order : wrong) {
            Path story = folder.resolve("story-" + order + ".txt");
            JavaProcess show = JavaProcess.start(
                    STORY_HEAP_MIB,
                    JavaProcess.Compiler.QUICK,
                    List.of(
                            "audit",
                            "show",
                            order,
                            "--bootstrap-servers",
                            fleet.kafka().bootstrapServers()),
                    Map.of(),
                    story);
            if (!show.awaitEnd(STORY)) {
                show.endNow();
            }
            tell("the story of a wrong payment: " + story);
        }
    }
}
