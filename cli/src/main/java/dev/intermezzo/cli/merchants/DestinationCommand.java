package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.runtime.merchants.DestinationState;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.avro.Destination;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intermezzo merchants destination}. */
@Command(
        name = "destination",
        mixinStandardHelpOptions = true,
        description =
                "Whom a merchant may pay out to besides its buyers: add, approve by another person, list, remove.")
public final class DestinationCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: add, approve, list or remove.");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Add a payee under a name, or change one. It waits 24 hours, and for 'approve' by another person.",
                "Its details are checked by the provider's rules, a wallet's address by its checksum, and sealed."
            })
    int add(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MERCHANT", description = "The merchant's id.") String merchant,
            @Parameters(paramLabel = "NAME", description = "What pay-outs call it.") String name,
            @Option(names = "--provider", paramLabel = "P", required = true, description = "Who pays, such as PAYONE.")
                    String provider,
            @Option(
                            names = "--details",
                            paramLabel = "FILE",
                            required = true,
                            description = "YAML such as 'email: payee@example.com'; delete it afterwards.")
                    Path details,
            @Option(names = "--operator", paramLabel = "NAME", required = true, description = "Who adds it.")
                    String operator,
            @Mixin KeysOptions keys) {
        Payee payee = PayeeFile.read(details);
        Destination kept =
                with(kafka, keys, destinations -> destinations.add(merchant, name, provider, payee, operator.strip()));
        return told(output, merchant, kept);
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approve what another person added. Bring the payee's details of your own accord: they are"
                    + " compared with those that were added.")
    int approve(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MERCHANT", description = "The merchant's id.") String merchant,
            @Parameters(paramLabel = "NAME", description = "As 'list' names it.") String name,
            @Option(
                            names = "--details",
                            paramLabel = "FILE",
                            required = true,
                            description = "The same as for 'add', from your own source.")
                    Path details,
            @Option(names = "--operator", paramLabel = "NAME", required = true, description = "Who approves.")
                    String operator,
            @Mixin KeysOptions keys) {
        Payee payee = PayeeFile.read(details);
        Destination kept =
                with(kafka, keys, destinations -> destinations.approve(merchant, name, payee, operator.strip()));
        return told(output, merchant, kept);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "List a merchant's destinations: name, provider, state, who added and approved; never details.")
    int list(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MERCHANT", description = "The merchant's id.") String merchant,
            @Mixin KeysOptions keys) {
        Instant now = InstantSource.system().instant();
        List<Map<String, Object>> rows = with(
                kafka,
                keys,
                destinations -> destinations.list(merchant).stream()
                        .map(each -> row(each, now))
                        .toList());
        rows.forEach(row -> output.line("  %-20s %-9s %-24s from %s  added by %s"
                .formatted(
                        row.get("destination"),
                        row.get("provider"),
                        row.get("state"),
                        row.get("ready_at"),
                        row.get("added_by"))));
        output.line(rows.isEmpty() ? "No destinations." : rows.size() + " in all.");
        output.result(Map.of("merchant", merchant, "destinations", rows));
        return ExitCodes.HOLDS;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Remove a destination: nothing more is paid there. What was sent already goes on.")
    int remove(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MERCHANT", description = "The merchant's id.") String merchant,
            @Parameters(paramLabel = "NAME", description = "As 'list' names it.") String name,
            @Mixin KeysOptions keys) {
        String removed = with(kafka, keys, destinations -> {
            destinations.remove(merchant, name);
            return name;
        });
        output.line("Removed " + removed + ".");
        output.result(Map.of("merchant", merchant, "removed", removed));
        return ExitCodes.HOLDS;
    }

    private static <T> T with(KafkaOptions kafka, KeysOptions keys, Function<NamedDestinations, T> act) {
        SealingKeys loaded = loaded(keys.folder(kafka.data()));
        try (KafkaConnection connection = kafka.open()) {
            return act.apply(new NamedDestinations(connection, loaded, new SecureRandom(), InstantSource.system()));
        }
    }

    private static SealingKeys loaded(Path folder) {
        try {
            return SealingKeys.load(folder, EnumSet.of(Keyset.MERCHANT_SECRETS, Keyset.EXECUTOR_PUBLIC));
        } catch (SealingException e) {
            throw new CommandFailure(
                    "keys-missing",
                    e.getMessage()
                            + " Name the installation's keys folder with --keys; 'intermezzo keys create' makes one.",
                    e);
        }
    }

    private static int told(Output output, String merchant, Destination kept) {
        Instant now = InstantSource.system().instant();
        output.line(kept.getName() + ": "
                + switch (DestinationState.of(kept, now)) {
                    case WAITS_FOR_SECOND_PERSON ->
                        "another person approves it now: intermezzo merchants destination approve " + merchant + " "
                                + kept.getName() + " --details FILE --operator NAME";
                    case WAITS_FOR_ITS_TIME -> "approved; it may be paid from " + DestinationState.ready(kept) + " on.";
                    case READY -> "it may be paid.";
                });
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("merchant", merchant);
        fields.putAll(row(kept, now));
        output.result(fields);
        return ExitCodes.HOLDS;
    }

    private static Map<String, Object> row(Destination kept, Instant now) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("destination", kept.getName());
        row.put("provider", kept.getProvider());
        row.put("revision", kept.getRevision());
        row.put(
                "state",
                DestinationState.of(kept, now).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row.put("ready_at", DestinationState.ready(kept).toString());
        row.put("added_by", kept.getAddedBy());
        row.put("approved_by", kept.getApprovedBy() == null ? "" : kept.getApprovedBy());
        return row;
    }
}
