package dev.intermezzo.cli.bench;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.process.EndOnSignal;
import dev.intermezzo.cli.process.FreshFolder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo bench failover}. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "Run three brokers and two orchestrators as processes, publish events steadily, kill (SIGKILL) one orchestrator",
            "after the other and then each broker once, and measure how long until every partition decides an event that",
            "was published after the kill. Exit code 0 when the orchestrators' median is at most 5 s and their 95th",
            "percentile at most 10 s, and the loss of each broker is over within 20 s."
        })
final class FailoverCommand implements Callable<Integer> {
    static final Duration MEDIAN = Duration.ofSeconds(5);
    static final Duration P95 = Duration.ofSeconds(10);
    static final Duration BROKER = Duration.ofSeconds(20);

    @Mixin
    private Output output = new Output();

    @Mixin
    private FreshFolder folder = new FreshFolder("intermezzo-failover-");

    @Option(
            names = "--kills",
            defaultValue = "20",
            description = "Kills of an orchestrator, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(names = "--rate", defaultValue = "300", description = "Events per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seed", defaultValue = "1", description = "Draws who is killed when. Default: ${DEFAULT-VALUE}.")
    private long seed;

    private final Told told = new Told(output);

    @Override
    public Integer call() {
        if (kills < 1 || kills > 1000 || rate < 1) {
            throw new CommandFailure("bench-options", "--kills is 1 to 1000, --rate at least 1.");
        }
        FailoverRun run = new FailoverRun(kills, rate, seed, told);
        FailoverRun.Result result = EndOnSignal.during(() -> run.run(folder.open()));
        boolean holds = holds(result);
        folder.conclude(holds).ifPresent(kept -> told.accept("logs and data are kept in " + kept));
        Map<String, Object> json = json(result, holds);
        json.forEach((name, value) -> output.line("%-16s %s".formatted(name.replace('_', ' '), value)));
        output.result(json);
        return holds ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    private boolean holds(FailoverRun.Result result) {
        Times recovery = new Times(result.orchestrators());
        return result.orchestrators().size() == kills
                && recovery.percentile(50).compareTo(MEDIAN) <= 0
                && recovery.percentile(95).compareTo(P95) <= 0
                && result.brokers().stream().allMatch(time -> time.compareTo(BROKER) <= 0);
    }

    private Map<String, Object> json(FailoverRun.Result result, boolean holds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kills", result.orchestrators().size());
        Times times = new Times(result.orchestrators());
        Map<String, Object> recovery = new LinkedHashMap<>();
        recovery.put("p50", Times.seconds(times.percentile(50)));
        recovery.put("p95", Times.seconds(times.percentile(95)));
        recovery.put("max", Times.seconds(times.percentile(100)));
        json.put("recovery_s", recovery);
        json.put("broker_loss_s", result.brokers().stream().map(Times::seconds).toList());
        json.put("events", result.events());
        json.put("events_per_s", rate);
        json.put("holds", holds);
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("jvm", Runtime.version().toString());
        return json;
    }
}
