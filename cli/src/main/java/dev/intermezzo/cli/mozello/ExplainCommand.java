package dev.intermezzo.cli.mozello;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozello.Admissibility;
import dev.intermezzo.partners.mozello.AdmissibilityVerdict;
import dev.intermezzo.partners.mozello.CheckoutRules;
import dev.intermezzo.partners.mozello.Deviation;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.HoldReason;
import dev.intermezzo.partners.mozello.KeyUnderTest;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.SignatureDebugger;
import dev.intermezzo.partners.mozello.SignatureExplanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intermezzo mozello explain}: why a signature is wrong, and why a form would not be accepted. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Explain why a recorded Mozello message is not signed as it should be, and why its form would not be accepted.",
            "The signature is made anew in the ways in which it is usually got wrong; what comes out exactly was done.",
            "Neither keys nor values are printed, only the names of fields. Exit code 0 when nothing is wrong."
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--key-file", required = true, description = "File that holds the key that should have signed.")
    @SuppressWarnings("NullAway.Init") // required
    private Path keyFile;

    @Option(
            names = "--other-key-file",
            description =
                    "File of another key that may have been taken by mistake; repeatable, named by its file's name.")
    private List<Path> otherKeyFiles = new ArrayList<>();

    @Option(
            names = "--content-type",
            defaultValue = "application/x-www-form-urlencoded",
            description = "The message's Content-Type header. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String contentType;

    @Option(names = "--header-hash", description = "The X-Mozello-Hash header of a webhook, to be explained instead.")
    private @Nullable String headerHash;

    @Option(names = "--signature-only", description = "Leave out whether the form would be accepted.")
    private boolean signatureOnly;

    @Option(
            names = "--invoice-pattern",
            defaultValue = CheckoutRules.DEFAULT_INVOICE_PATTERN,
            description = "What a whole invoice number must match. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String invoicePattern;

    @Parameters(paramLabel = "BODYFILE", description = "The message's body, byte for byte.")
    @SuppressWarnings("NullAway.Init") // required
    private Path bodyFile;

    @Override
    public Integer call() {
        List<KeyUnderTest> keys = keys();
        byte[] body = body();
        Map<String, Object> result = new LinkedHashMap<>();
        boolean signed = headerHash == null
                ? tell(SignatureDebugger.form(body, contentType, keys), result)
                : tell(SignatureDebugger.webhook(body, headerHash, keys), result);
        boolean admissible = headerHash != null || signatureOnly || form(body, result);
        output.result(result);
        return signed && admissible ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    private List<KeyUnderTest> keys() {
        List<KeyUnderTest> keys = new ArrayList<>(KeyUnderTest.expected("key-file", KeyFile.text(keyFile)));
        for (Path other : otherKeyFiles) {
            String name = Objects.requireNonNull(other.getFileName(), "a file has a name")
                    .toString();
            keys.addAll(KeyUnderTest.other(name, KeyFile.text(other)));
        }
        return keys;
    }

    private byte[] body() {
        try {
            return Files.readAllBytes(bodyFile);
        } catch (IOException e) {
            throw new CommandFailure("body-unreadable", "The body file " + bodyFile + " cannot be read.", e);
        }
    }

    private boolean tell(SignatureExplanation explanation, Map<String, Object> result) {
        result.put("signature_valid", explanation instanceof SignatureExplanation.Signed);
        switch (explanation) {
            case SignatureExplanation.Signed signed -> {
                output.line("signature   valid, made with " + signed.keyId());
                result.put("key", signed.keyId());
                result.put("deviations", List.of());
            }
            case SignatureExplanation.Explained explained -> {
                output.line("signature   NOT valid, and explained: made with " + explained.keyId() + ", but");
                explained.deviations().forEach(each -> output.line("  " + each.code() + ": " + each.sentence()));
                result.put("key", explained.keyId());
                result.put(
                        "deviations",
                        explained.deviations().stream()
                                .map(ExplainCommand::fields)
                                .toList());
            }
            case SignatureExplanation.Unexplained unexplained -> {
                output.line("signature   NOT valid");
                output.line("  " + unexplained.code() + ": " + unexplained.sentence());
                output.line(
                        "  None of " + unexplained.tried() + " ways of making it gives this one: it is of a key that is"
                                + " not known here (--other-key-file), or a value was changed afterwards.");
                result.put("deviations", List.of(fields(new Deviation(unexplained.code(), unexplained.sentence()))));
                result.put("tried", unexplained.tried());
            }
        }
        result.put("explained", !(explanation instanceof SignatureExplanation.Unexplained));
        return explanation instanceof SignatureExplanation.Signed;
    }

    /** Whether the form would be accepted by a shop whose currencies and hosts are those it names. */
    private boolean form(byte[] body, Map<String, Object> result) {
        List<Deviation> objections = new ArrayList<>();
        switch (MozelloForm.read(body, contentType)) {
            case FormReading.Unreadable unreadable ->
                objections.add(new Deviation(unreadable.code(), unreadable.sentence()));
            case FormReading.Form readable -> {
                result.put("fields", readable.form().names());
                objections.addAll(objections(readable.form()));
            }
        }
        result.put("acceptable", objections.isEmpty());
        result.put(
                "objections", objections.stream().map(ExplainCommand::remedied).toList());
        output.line("acceptable  " + (objections.isEmpty() ? "yes" : "no"));
        objections.forEach(each -> {
            output.line("  " + each.code() + ": " + each.sentence());
            output.line("  " + FormRemedies.of(each.code()));
        });
        return objections.isEmpty();
    }

    private List<Deviation> objections(MozelloForm form) {
        CheckoutRules rules = CheckoutRules.forInspection().withInvoicePattern(invoicePattern);
        return switch (Admissibility.judge(form, rules)) {
            case AdmissibilityVerdict.Admissible admissible -> List.of();
            case AdmissibilityVerdict.Refused refused -> List.of(new Deviation(refused.code(), refused.sentence()));
            case AdmissibilityVerdict.Held held ->
                held.reasons().stream()
                        .map((HoldReason reason) -> new Deviation(reason.code(), reason.sentence()))
                        .toList();
        };
    }

    private static Map<String, String> fields(Deviation deviation) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("code", deviation.code());
        fields.put("reason", deviation.sentence());
        return fields;
    }

    private static Map<String, String> remedied(Deviation objection) {
        Map<String, String> fields = fields(objection);
        fields.put("remedy", FormRemedies.of(objection.code()));
        return fields;
    }
}
