package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.merchants.MerchantsPlan.Change;
import dev.intermezzo.cli.merchants.MerchantsPlan.Kind;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intermezzo merchants}. */
@Command(
        name = "merchants",
        mixinStandardHelpOptions = true,
        description =
                "Cashier accounts, merchants and integrations: declare them in a file, see what is stored, and check it.")
public final class MerchantsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: apply, check or list.");
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description =
                    "Check a file, print what it changes, seal its secrets and publish. Records that the file does "
                            + "not name stay as they are.")
    int apply(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "FILE", description = "YAML with accounts, merchants and integrations.") Path file,
            @Option(names = "--plan", description = "Only print what would change.") boolean planOnly,
            @Mixin KeysOptions keys) {
        return switch (MerchantsFile.read(file)) {
            case MerchantsFile.Result.Invalid invalid -> refused(output, List.of(), invalid.problems());
            case MerchantsFile.Result.Valid valid -> {
                Path folder = keys.folder(kafka.data());
                SecretSealer sealer = KeysOptions.sealer(folder);
                output.line("Keys: " + folder);
                try (KafkaConnection connection = kafka.open()) {
                    MerchantsApply apply = new MerchantsApply(
                            connection.settings(), connection.schemas(), sealer, InstantSource.system());
                    yield apply(output, apply, valid.file(), planOnly);
                }
            }
        };
    }

    private static int apply(Output output, MerchantsApply apply, MerchantsFile file, boolean planOnly) {
        MerchantsPlan plan = apply.plan(file);
        plan.changes().forEach(change -> output.line(sentence(change)));
        plan.untouched().forEach(key -> output.line("  not in file " + key));
        if (!plan.problems().isEmpty()) {
            return refused(output, plan.changes(), plan.problems());
        }
        if (!planOnly) {
            apply.publish(plan);
        }
        output.line("%s: %d created, %d changed, %d unchanged."
                .formatted(
                        planOnly ? "Planned, nothing was written" : "Applied",
                        plan.count(Kind.CREATED),
                        plan.count(Kind.CHANGED),
                        plan.count(Kind.UNCHANGED)));
        output.result(result(plan.changes(), List.of(), !planOnly));
        return ExitCodes.HOLDS;
    }

    private static int refused(Output output, List<Change> changes, List<MerchantsProblem> problems) {
        problems.forEach(problem -> output.line("  " + problem));
        output.line(
                problems.size() == 1
                        ? "Nothing was applied: the file has a problem."
                        : "Nothing was applied: the file has " + problems.size() + " problems.");
        output.result(result(changes, problems, false));
        return ExitCodes.DOES_NOT_HOLD;
    }

    private static Map<String, Object> result(List<Change> changes, List<MerchantsProblem> problems, boolean applied) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("applied", applied);
        fields.put("merchants", changes.stream().map(MerchantsCommand::row).toList());
        fields.put("problems", problems);
        return fields;
    }

    private static Map<String, Object> row(Change change) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("change", change.kind().name().toLowerCase(Locale.ROOT));
        row.put("fields", change.fields());
        row.putAll(MerchantRow.of(change.record()).fields());
        return row;
    }

    private static String sentence(Change change) {
        String what = "  %-11s %s".formatted(change.kind().name().toLowerCase(Locale.ROOT), change.key());
        return change.fields().isEmpty() ? what : what + " (" + String.join(", ", change.fields()) + ")";
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List what is stored: kind, id, environment, revision, providers; never a secret.")
    int list(@Mixin Output output, @Mixin KafkaOptions kafka) {
        try (KafkaConnection connection = kafka.open()) {
            StoredRecords stored = StoredRecords.read(connection.settings(), connection.schemas());
            List<MerchantRecord> records = List.copyOf(stored.records().values());
            output.line(MerchantRow.HEADING);
            records.forEach(record -> output.line(MerchantRow.of(record).line()));
            stored.unreadable().forEach(key -> output.line("unreadable  " + key));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(
                    "merchants",
                    records.stream()
                            .map(record -> MerchantRow.of(record).fields())
                            .toList());
            fields.put(
                    "problems",
                    stored.unreadable().stream()
                            .map(key -> new MerchantsProblem(key, "unreadable", "this build cannot read the record"))
                            .toList());
            output.result(fields);
            return stored.unreadable().isEmpty() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
        }
    }
}
