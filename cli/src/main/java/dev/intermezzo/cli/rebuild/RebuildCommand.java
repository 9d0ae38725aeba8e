package dev.intermezzo.cli.rebuild;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.orchestrator.topology.LedgerRebuild;
import dev.intermezzo.orchestrator.topology.RebuildRefusedException;
import dev.intermezzo.orchestrator.topology.RebuildReport;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo rebuild}. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Put the orchestrator's stores back from the ledger while it is stopped. Sends no command; safe to "
                        + "run again. Exit 0 only when it reached its end.")
public final class RebuildCommand implements Callable<Integer> {
    /** What it reads and whose positions it sets. */
    private static final List<Topic<?>> NEEDED = List.of(
            Topics.PAYMENT_LEDGER,
            Topics.PAYMENT_EVENTS,
            Topics.CASHIER_RESULTS,
            Topics.SHOP_RESULTS,
            Topics.OPERATOR_ACTS,
            Topics.PAYMENT_INTERNAL,
            Topics.BUYER_KEYS);

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private Output output;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private KafkaOptions kafka;

    @Option(names = "--check", description = "Read and check everything, change nothing.")
    private boolean checkOnly;

    @Override
    public Integer call() {
        try (KafkaConnection connection = kafka.open()) {
            NEEDED.forEach(
                    topic -> connection.requireTopic(connection.settings().topic(topic)));
            try (LedgerRebuild rebuild = new LedgerRebuild(connection.settings(), connection.schemas())) {
                return checkOnly ? check(rebuild) : run(rebuild);
            }
        } catch (RebuildRefusedException e) {
            throw new CommandFailure(e.code(), String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            throw new CommandFailure(
                    "rebuild-interrupted",
                    "The brokers did not do what was asked: " + e.getMessage()
                            + ". If writing had begun, the orchestrator does not start until a rebuild reaches its end:"
                            + " run it again.",
                    e);
        }
    }

    private int check(LedgerRebuild rebuild) {
        rebuild.check();
        output.line("No orchestrator runs, and every entry of the ledger can be relied on. Nothing was changed.");
        output.result(Map.of("rebuilt", false, "problems", List.of()));
        return ExitCodes.HOLDS;
    }

    private int run(LedgerRebuild rebuild) {
        RebuildReport report = rebuild.run();
        output.line("Rebuilt " + report.payments() + " payments from " + report.entries()
                + " entries of the ledger; no command was sent.");
        report.written()
                .forEach((store, count) -> output.line("  " + store + ": " + count + " written, "
                        + report.removed().getOrDefault(store, 0L) + " removed"));
        if (!report.created().isEmpty()) {
            output.line("Changelogs were missing and are new. Delete the state folder of every orchestrator instance"
                    + " before it starts: what lies there belongs to changelogs that are gone.");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rebuilt", true);
        fields.put("entries", report.entries());
        fields.put("payments", report.payments());
        fields.put("written", report.written());
        fields.put("removed", report.removed());
        fields.put("created", report.created());
        fields.put("resumed", report.resumed());
        output.result(fields);
        return ExitCodes.HOLDS;
    }
}
