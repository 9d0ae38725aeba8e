package dev.intermezzo.cli.mozello;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozello.CheckoutRules;
import dev.intermezzo.partners.mozello.CheckoutVerification;
import dev.intermezzo.partners.mozello.MozelloCheckoutVerifier;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.partners.mozello.WebhookHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intermezzo mozello verify}: is a recorded message signed, and would its form be accepted? */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verify a recorded Mozello message.",
            "The body is a form (checkout or notification), or with --header-hash a webhook's JSON.",
            "Exit code 0 only when the message is valid; with --signature-only when its signature is."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--key-file", required = true, description = "File that holds the Payment API key.")
    @SuppressWarnings("NullAway.Init") // required
    private Path keyFile;

    @Option(
            names = "--content-type",
            defaultValue = "application/x-www-form-urlencoded",
            description = "The message's Content-Type header. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String contentType;

    @Option(names = "--header-hash", description = "The X-Mozello-Hash header of a webhook, to be checked instead.")
    private @Nullable String headerHash;

    @Option(names = "--signature-only", description = "Judge the signature alone.")
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

    private record Judgement(boolean signatureValid, boolean acceptable, String code, String reason) {
        boolean valid() {
            return signatureValid && acceptable;
        }
    }

    @Override
    public Integer call() {
        MozelloKey key = KeyFile.read(keyFile);
        Judgement judgement = headerHash == null ? form(body(), key) : webhook(body(), headerHash, key);
        print(judgement);
        boolean holds = signatureOnly ? judgement.signatureValid() : judgement.valid();
        return holds ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }

    private byte[] body() {
        try {
            return Files.readAllBytes(bodyFile);
        } catch (IOException e) {
            throw new CommandFailure("body-unreadable", "The body file " + bodyFile + " cannot be read.", e);
        }
    }

    private Judgement form(byte[] body, MozelloKey key) {
        CheckoutRules rules = CheckoutRules.forInspection().withInvoicePattern(invoicePattern);
        CheckoutVerification verified = MozelloCheckoutVerifier.verify(body, contentType, List.of(key), rules);
        return new Judgement(verified.signatureValid(), verified.acceptable(), verified.code(), verified.reason());
    }

    private static Judgement webhook(byte[] body, String hash, MozelloKey key) {
        SignatureVerdict verdict = WebhookHash.verify(body, hash, List.of(key));
        boolean json = isJsonObject(body);
        return switch (verdict) {
            case SignatureVerdict.Invalid invalid -> new Judgement(false, json, invalid.code(), invalid.sentence());
            case SignatureVerdict.Valid valid
            when !json ->
                new Judgement(
                        true, false, "webhook-unreadable", "The hash is right, but the body is not a JSON object.");
            case SignatureVerdict.Valid valid -> new Judgement(true, true, "valid", "The webhook's hash is right.");
        };
    }

    private static boolean isJsonObject(byte[] body) {
        try {
            return new JsonMapper().readTree(body).isObject();
        } catch (IOException notJson) {
            return false;
        }
    }

    private void print(Judgement judgement) {
        output.line("signature   " + (judgement.signatureValid() ? "valid" : "NOT valid"));
        output.line("acceptable  " + (judgement.acceptable() ? "yes" : "no"));
        output.line(judgement.code() + ": " + judgement.reason());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("signature_valid", judgement.signatureValid());
        fields.put("acceptable", judgement.acceptable());
        fields.put("valid", judgement.valid());
        fields.put("code", judgement.code());
        fields.put("reason", judgement.reason());
        output.result(fields);
    }
}
