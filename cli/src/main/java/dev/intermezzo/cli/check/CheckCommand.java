package dev.intermezzo.cli.check;

import dev.intermezzo.cli.edge.EdgeAddresses;
import dev.intermezzo.cli.edge.PublicUrlOptions;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.merchants.MerchantsApply;
import dev.intermezzo.cli.merchants.MerchantsFile;
import dev.intermezzo.cli.merchants.MerchantsPlan;
import dev.intermezzo.cli.merchants.StoredRecords;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.sealing.SecretSealer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intermezzo merchants check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Print what to paste at Mozello and at Mozarto for a merchant, and check what could keep a buyer from paying: "
                    + "secrets, clock, routes, the edge at its public address, notify hosts, the Cashier.",
            "Nothing is paid, published or told. Exit 0 only when there is no problem."
        })
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private KeysOptions keys = new KeysOptions();

    @Mixin
    private PublicUrlOptions publicUrl = new PublicUrlOptions();

    @Parameters(paramLabel = "ID", description = "A merchant, with all its shops, or one integration.")
    @SuppressWarnings("NullAway.Init") // required
    private String id;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Check what this merchants file declares instead of what is stored, and say if they differ.")
    private @Nullable Path file;

    @Option(
            names = "--form",
            paramLabel = "FILE",
            description = "Raw body of a recorded checkout: show its layout and judge it as the edge would.")
    private @Nullable Path form;

    @Option(
            names = "--content-type",
            defaultValue = "application/x-www-form-urlencoded",
            description = "Content-Type of the recorded form. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String contentType;

    /** What was found out beside problems. */
    private record Report(Subject subject, List<String> layout, List<String> tried) {}

    @Override
    public Integer call() {
        EdgeAddresses addresses = publicUrl.addresses();
        Findings findings = new Findings();
        SecretSealer sealer = KeysOptions.sealer(keys.folder(kafka.data()));
        try (KafkaConnection connection = kafka.open()) {
            @Nullable Subject subject = subject(connection, sealer, findings);
            if (subject == null) {
                int exit = findings.print(output);
                output.result(Map.of("problems", findings.problems()));
                return exit;
            }
            return report(check(subject, connection, sealer, addresses, findings), addresses, findings);
        }
    }

    private Report check(
            Subject subject,
            KafkaConnection connection,
            SecretSealer sealer,
            EdgeAddresses addresses,
            Findings findings) {
        Instant now = Instant.now();
        SecretCheck secrets = new SecretCheck(findings, now);
        secrets.check(subject);
        if (file == null) {
            secrets.twice(subject, StoredRecords.read(connection.settings(), connection.schemas()), sealer);
        }
        new RouteCheck(findings).check(subject);
        ClockFinding.check(connection.settings(), findings);
        List<String> layout = form == null ? List.of() : new FormCheck(findings, now).check(form, contentType, subject);
        // The simulators live on this machine; anything else must be reachable by everybody.
        AddressPolicy policy =
                subject.isOnThisMachine() ? AddressPolicy.allowingLoopback() : AddressPolicy.publicOnly();
        try (OutboundHttp http = new OutboundHttp(policy)) {
            return new Report(subject, layout, new ReachCheck(findings, http, addresses).check(subject));
        }
    }

    /** Null when the file is not one that can be checked. */
    private @Nullable Subject subject(KafkaConnection connection, SecretSealer sealer, Findings findings) {
        if (file == null) {
            return Subject.stored(id, StoredRecords.read(connection.settings(), connection.schemas()), sealer);
        }
        return switch (MerchantsFile.read(file)) {
            case MerchantsFile.Result.Invalid invalid -> {
                invalid.problems()
                        .forEach(problem -> findings.problem(
                                problem.where().isEmpty() ? file.toString() : problem.where(),
                                problem.code(),
                                problem.sentence(),
                                "Correct " + file + "; docs/partners.md lists every key."));
                yield null;
            }
            case MerchantsFile.Result.Valid valid -> {
                differences(connection, sealer, valid.file(), findings);
                yield Subject.declared(id, valid.file());
            }
        };
    }

    private void differences(
            KafkaConnection connection, SecretSealer sealer, MerchantsFile declared, Findings findings) {
        MerchantsPlan plan = new MerchantsApply(
                        connection.settings(), connection.schemas(), sealer, InstantSource.system())
                .plan(declared);
        plan.problems()
                .forEach(problem ->
                        findings.problem(problem.where(), problem.code(), problem.sentence(), "Correct " + file + "."));
        plan.changes().stream()
                .filter(change -> change.kind() != MerchantsPlan.Kind.UNCHANGED)
                .forEach(change -> findings.problem(
                        change.key(),
                        "not-applied",
                        "is not stored as the file declares it",
                        "Apply it: intermezzo merchants apply " + file));
    }

    private int report(Report report, EdgeAddresses addresses, Findings findings) {
        PasteList paste = PasteList.of(report.subject(), addresses);
        paste.lines().forEach(output::line);
        report.tried().forEach(each -> output.line("  tried  " + each));
        if (!report.layout().isEmpty()) {
            output.line("  the form's fields, in order: " + String.join(", ", report.layout()));
        }
        int exit = findings.print(output);
        Map<String, Object> fields = new LinkedHashMap<>(paste.fields());
        fields.put("form_layout", report.layout());
        fields.put("tried", report.tried());
        fields.put("notes", findings.notes());
        fields.put("problems", findings.problems());
        output.result(fields);
        return exit;
    }
}
