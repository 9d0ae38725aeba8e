package dev.intermezzo.cli.bench;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.process.FreshFolder;
import dev.intermezzo.sandbox.load.PaintBrowser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo bench pages}. */
@Command(
        name = "pages",
        mixinStandardHelpOptions = true,
        description = {
            "Run everything in this process, send checkouts at a steady pace, and measure how soon a buyer has the page that",
            "asks for missing details: its first byte, and the whole page, which is all that a browser needs to show it.",
            "Checkouts come at that pace before it too: for minutes a new process spends its time on its own compiler.",
            "The same bytes from a bare server are the floor. With --browser a real browser looks at pages meanwhile and tells",
            "when it had painted the first content, beside a page of one word. Exit code 0 when every checkout led to its page,",
            "95 of 100 pages were complete within 100 ms and, with --browser, half of those it looked at were first shown within",
            "them: the browser and the load share this machine, and only one of them is the bridge's."
        })
final class PagesCommand implements Callable<Integer> {
    /** How soon a page is to be there (issue 5). */
    static final Duration WITHIN = Duration.ofMillis(100);

    /** What a page may weigh with everything that it loads (issue 5). */
    static final int MOST_BYTES = 60_000;

    @Mixin
    private Output output = new Output();

    @Mixin
    private FreshFolder folder = new FreshFolder("intermezzo-pages-");

    @Option(
            names = "--rate",
            defaultValue = "50",
            description = "Checkouts per second, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long to measure, 1 to 3600. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long checkouts come before it is measured, 0 to 3600. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--browser",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CHROMIUM",
            description = "Measure first contentful paints too, with this Chromium. Default: where it usually is.")
    private @Nullable String browser;

    private final Told told = new Told(output);

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1 || rate > 1000 || seconds < 1 || seconds > 3600 || warmUp < 0 || warmUp > 3600) {
            throw new CommandFailure("bench-options", "--rate is 1 to 1000, --seconds 1 to 3600, --warm-up 0 to 3600.");
        }
        PagesRun.Result result = new PagesRun(rate, warmUp, seconds, chromium(), told).run(folder.open());
        boolean holds = result.failures().isEmpty()
                && !result.looks().isEmpty()
                && Times.of(result.looks(), PagesRun.Look::complete)
                                .percentile(95)
                                .compareTo(WITHIN)
                        <= 0
                && (browser == null
                        || Times.of(result.paints(), PagesRun.Paint::page)
                                        .percentile(50)
                                        .compareTo(WITHIN)
                                <= 0)
                && result.looks().stream().allMatch(look -> look.bytes() <= MOST_BYTES);
        folder.conclude(holds).ifPresent(kept -> told.accept("logs and data are kept in " + kept));
        result.failures().stream().findFirst().ifPresent(why -> told.accept("a checkout led to no page: " + why));
        Map<String, Object> json = json(result, holds);
        json.forEach((name, value) -> output.line("%-16s %s".formatted(name.replace('_', ' '), value)));
        output.result(json);
        return holds ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    private Map<String, Object> json(PagesRun.Result result, boolean holds) {
        Duration page = Times.of(result.looks(), PagesRun.Look::complete).percentile(50);
        Duration floor = Times.of(result.looks(), PagesRun.Look::floor).percentile(50);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pages", result.looks().size());
        json.put("failed", result.failures().size());
        json.put("checkouts_per_s", rate);
        json.put("warm_up_s", warmUp);
        json.put(
                "first_byte_ms",
                Times.of(result.looks(), PagesRun.Look::firstByte).millis());
        json.put(
                "complete_ms", Times.of(result.looks(), PagesRun.Look::complete).millis());
        json.put("floor_ms", Times.of(result.looks(), PagesRun.Look::floor).millis());
        json.put(
                "ratio_to_floor",
                BigDecimal.valueOf(page.toNanos())
                        .divide(BigDecimal.valueOf(Math.max(1, floor.toNanos())), 2, RoundingMode.HALF_UP));
        if (browser != null) {
            json.put("paints", result.paints().size());
            json.put(
                    "first_paint_ms",
                    Times.of(result.paints(), PagesRun.Paint::page).millis());
            json.put(
                    "floor_paint_ms",
                    Times.of(result.paints(), PagesRun.Paint::floor).millis());
        }
        json.put(
                "bytes",
                result.looks().stream().mapToInt(PagesRun.Look::bytes).max().orElse(0));
        json.put("holds", holds);
        json.put("cores", Runtime.getRuntime().availableProcessors());
        json.put("jvm", Runtime.version().toString());
        return json;
    }

    private Optional<Path> chromium() {
        if (browser == null) {
            return Optional.empty();
        }
        Path executable = browser.isEmpty()
                ? PaintBrowser.installed()
                        .orElseThrow(() -> new CommandFailure(
                                "bench-options", "There is no Chromium where it usually is: name one with --browser."))
                : Path.of(browser);
        if (!Files.isExecutable(executable)) {
            throw new CommandFailure("bench-options", "--browser: " + executable + " cannot be started.");
        }
        return Optional.of(executable);
    }
}
