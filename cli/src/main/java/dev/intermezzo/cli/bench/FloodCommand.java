package dev.intermezzo.cli.bench;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.process.FreshFolder;
import dev.intermezzo.sandbox.load.OneTry.Outcome.TurnedAway;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo bench flood}. */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        description = {
            "Run everything in this process and send checkouts: half as many a second as it is meant to carry, then ten times",
            "as many as it is meant to, whatever becomes of those before, and then one after the other until one is served.",
            "Buyers send a form that was signed beforehand; whoever is answered 503 goes away, whoever is let in goes on until",
            "the provider's page is named. The buyers and the simulated partners use this machine too: one that is full with",
            "what it carries cannot turn ten times as much away beside it, which --measured shows.",
            "Exit code 0 when every answer was 303, or 503 with Retry-After; every payment that was let in came to its",
            "provider; in the flood at least 70 of 100 that are meant to be carried did; 95 of 100 of them within 2 s, or",
            "within three times what they took before it if that is longer; and a checkout at most 5 s after it was served."
        })
final class FloodCommand implements Callable<Integer> {
    /** More would need more forms than fit into memory. */
    static final int MOST_CARRIED = 500;

    private static final int MOST_SECONDS = 30;

    /** Of 100 that are meant to be carried, so many are to be led to the provider in the flood as well. */
    private static final int GOODPUT_PERCENT = 70;

    /** What a buyer waits for without wondering. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final int TIMES_CALM = 3;

    /** The {@code Retry-After} of those who were turned away: who keeps to it finds room. */
    private static final Duration SERVED_AGAIN = Duration.ofSeconds(5);

    @Mixin
    private Output output = new Output();

    @Mixin
    private FreshFolder folder = new FreshFolder("intermezzo-flood-");

    @Option(
            names = "--capacity",
            paramLabel = "N",
            defaultValue = "30",
            description = {
                "Checkouts a second that it is meant to carry, 1 to " + MOST_CARRIED + ". Default: ${DEFAULT-VALUE},",
                "what two cores carry with three brokers and two of every stage (chaos)."
            })
    private int capacity;

    @Option(
            names = "--measured",
            description = "Measure before what this process carries, and take that: 32 buyers take turns.")
    private boolean measured;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "How long each phase lasts, 1 to " + MOST_SECONDS + ". Default: ${DEFAULT-VALUE}.")
    private int seconds;

    private final Told told = new Told(output);

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > MOST_SECONDS || capacity < 1 || capacity > MOST_CARRIED) {
            throw new CommandFailure(
                    "bench-options", "--capacity is 1 to " + MOST_CARRIED + ", --seconds 1 to " + MOST_SECONDS + ".");
        }
        FloodRun.Result result = new FloodRun(seconds, measured ? OptionalInt.empty() : OptionalInt.of(capacity), told)
                .run(folder.open());
        boolean holds = holds(result);
        folder.conclude(holds).ifPresent(kept -> told.accept("logs and data are kept in " + kept));
        Stream.of(result.calm(), result.flood()).forEach(this::tellWhatWasWrong);
        Map<String, Object> json = json(result, holds);
        json.forEach((name, value) -> output.line("%-16s %s".formatted(name.replace('_', ' '), value)));
        output.result(json);
        return holds ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    private boolean holds(FloodRun.Result result) {
        return Stream.of(result.calm(), result.flood())
                        .allMatch(phase ->
                                phase.odd().isEmpty() && phase.stranded().isEmpty())
                && result.flood().goodput().compareTo(BigDecimal.valueOf((long) result.capacity() * GOODPUT_PERCENT, 2))
                        >= 0
                && result.flood().provider().percentile(95).compareTo(bound(result)) <= 0
                && result.recovery().compareTo(SERVED_AGAIN) <= 0;
    }

    /** How soon 95 of 100 are to be at the provider in the flood. */
    private static Duration bound(FloodRun.Result result) {
        Duration calm = result.calm().provider().percentile(95).multipliedBy(TIMES_CALM);
        return calm.compareTo(SOON) > 0 ? calm : SOON;
    }

    private void tellWhatWasWrong(FloodRun.Phase phase) {
        phase.odd().stream()
                .findFirst()
                .ifPresent(odd -> told.accept("an answer was neither 303 nor 503: " + odd.what()));
        phase.stranded().stream()
                .findFirst()
                .ifPresent(stranded -> told.accept("a payment did not come to its provider: " + stranded.why()));
    }

    private Map<String, Object> json(FloodRun.Result result, boolean holds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("capacity_per_s", result.capacity());
        json.put("calm", json(result.calm()));
        json.put("flood", json(result.flood()));
        json.put("bound_ms", Times.millis(bound(result)));
        json.put("recovery_s", Times.seconds(result.recovery()));
        json.put("holds", holds);
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("jvm", Runtime.version().toString());
        return json;
    }

    private static Map<String, Object> json(FloodRun.Phase phase) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("per_s", phase.perSecond());
        json.put("accepted", phase.led().size() + phase.stranded().size());
        json.put("goodput_per_s", phase.goodput());
        json.put("not_at_provider", phase.stranded().size());
        json.put("shed", phase.turnedAway().size());
        json.put("other", phase.odd().size());
        json.put("edge_ms", phase.edge().millis());
        json.put("provider_ms", phase.provider().millis());
        if (!phase.turnedAway().isEmpty()) {
            json.put("shed_ms", Times.of(phase.turnedAway(), TurnedAway::edge).millis());
        }
        return json;
    }
}
