package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.merchants.MerchantsPlan.Change;
import dev.intermezzo.cli.merchants.MerchantsPlan.Kind;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.Secret;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
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
                "Cashier accounts, merchants and integrations: declare them in a file, see what is stored, and check it.",
        subcommands = {ApiKeyCommand.class, DestinationCommand.class})
public final class MerchantsCommand implements Runnable {
    /** Sixty days, as long as a payment is kept with all that belongs to it. */
    private static final int MOST_OVERLAP_HOURS = 60 * 24;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a command: api-key, apply, check, connect, destination, disable, disconnect, enable, list or rotate.");
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
            case MerchantsFile.Result.Invalid invalid ->
                refused(output, List.of(), withStored(output, kafka, keys, invalid));
            case MerchantsFile.Result.Valid valid ->
                against(output, kafka, keys, apply -> apply(output, apply, valid.file(), planOnly));
        };
    }

    /**
     * The file's own problems and, as far as the rest of it can be compared with what is stored, those of that, so that all
     * are told at once.
     */
    private static List<MerchantsProblem> withStored(
            Output output, KafkaOptions kafka, KeysOptions keys, MerchantsFile.Result.Invalid invalid) {
        List<MerchantsProblem> all = new ArrayList<>(invalid.problems());
        if (!invalid.readable().records().isEmpty()) {
            try {
                all.addAll(against(
                        output,
                        kafka,
                        keys,
                        apply -> apply.plan(invalid.readable()).problems()));
            } catch (CommandFailure e) {
                output.line("The file was not compared with what is stored: " + e.getMessage());
            }
        }
        return all;
    }

    private static <T> T against(
            Output output, KafkaOptions kafka, KeysOptions keys, Function<MerchantsApply, T> what) {
        Path folder = keys.folder(kafka.data());
        SecretSealer sealer = KeysOptions.sealer(folder);
        output.line("Keys: " + folder);
        try (KafkaConnection connection = kafka.open()) {
            return what.apply(
                    new MerchantsApply(connection.settings(), connection.schemas(), sealer, InstantSource.system()));
        }
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
            List<MerchantRecord> records = stored.declared();
            output.line(MerchantRow.HEADING);
            records.forEach(record -> output.line(MerchantRow.of(record, stored).line()));
            stored.unreadable().forEach(key -> output.line("unreadable  " + key));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(
                    "merchants",
                    records.stream()
                            .map(record -> MerchantRow.of(record, stored).fields())
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

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = {
                "Let a merchant begin no new payment and no pay-out; running payments go on to their end.",
                "A file that is applied later says again whether the merchant is enabled."
            })
    int disable(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "ID", description = "The merchant.") String id) {
        return switched(output, kafka, id, "disabled", switches -> switches.enable(id, false));
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Let a merchant begin new payments again.")
    int enable(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "ID", description = "The merchant.") String id) {
        return switched(output, kafka, id, "enabled", switches -> switches.enable(id, true));
    }

    @Command(
            name = "connect",
            mixinStandardHelpOptions = true,
            description = "Let a connection to the public listing take payments, without waiting for Mozello's install "
                    + "webhook, or after it was disconnected.")
    int connect(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "ID", description = "The connection.") String id) {
        return switched(output, kafka, id, "connected", switches -> switches.connect(id));
    }

    @Command(
            name = "disconnect",
            mixinStandardHelpOptions = true,
            description = "Let a connection to the public listing begin no new payment, until it is connected again by "
                    + "hand; running payments go on to their end.")
    int disconnect(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "ID", description = "The connection.") String id) {
        return switched(output, kafka, id, "disconnected", switches -> switches.disconnect(id));
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = {
                "Give a shop or the public listing a new Mozello key, or a connection a new secret; the former ones serve "
                        + "on for a while.",
                "Put the same into the merchants file: a file that is applied later says which keys there are.",
                "An account's company-token, user-token-secret and webhook-authorization are rotated by that file alone: "
                        + "list the former one with not-after and then the new one, and apply it."
            })
    int rotate(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "ID", description = "The integration.") String id,
            @Option(names = "--secret-file", required = true, paramLabel = "FILE", description = "Holds the new one.")
                    Path file,
            @Option(
                            names = "--store-api",
                            description =
                                    "It is a private shop's key to the Store API, perhaps its first; not that of its "
                                            + "payments.")
                    boolean storeApi,
            @Option(
                            names = "--overlap-hours",
                            defaultValue = "168",
                            description = "How long the former ones serve on. Default: ${DEFAULT-VALUE}.")
                    int overlapHours,
            @Mixin KeysOptions keys) {
        if (overlapHours < 0 || overlapHours > MOST_OVERLAP_HOURS) {
            throw new ParameterException(
                    spec.commandLine(), "--overlap-hours is from 0 to " + MOST_OVERLAP_HOURS + ".");
        }
        Secret fresh = SecretReader.fromFile(file);
        SecretSealer sealer = KeysOptions.sealer(keys.folder(kafka.data()));
        try (KafkaConnection connection = kafka.open()) {
            SecretRotation.Rotated rotated = new SecretRotation(connection, sealer, InstantSource.system())
                    .rotate(id, storeApi, fresh, Duration.ofHours(overlapHours));
            output.line("The new one is " + rotated.id() + "; the former serve until " + rotated.formerEnd() + ".");
            output.line("In the merchants file, " + rotated.key() + " of " + id + " now lists both: {id: "
                    + rotated.id() + ", file: …} and the former with not-after: " + rotated.formerEnd() + ".");
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", id);
            fields.put("secret", rotated.id());
            fields.put("former_until", rotated.formerEnd().toString());
            output.result(fields);
            return ExitCodes.HOLDS;
        }
    }

    private static int switched(
            Output output, KafkaOptions kafka, String id, String state, Predicate<MerchantSwitches> act) {
        try (KafkaConnection connection = kafka.open()) {
            boolean changed = act.test(new MerchantSwitches(connection, InstantSource.system()));
            output.line(id + (changed ? " is " : " was already ") + state + ".");
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", id);
            fields.put("state", state);
            fields.put("changed", changed);
            output.result(fields);
            return ExitCodes.HOLDS;
        }
    }
}
