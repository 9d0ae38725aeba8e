package dev.intermezzo.cli.mozello;

import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo mozello sign-form}: a checkout as a shop would sign it, for trying the edge by hand. */
@Command(
        name = "sign-form",
        mixinStandardHelpOptions = true,
        description = {
            "Print a signed checkout form, urlencoded, without sending it:",
            "intermezzo mozello sign-form … > form; curl --data-binary @form <payment URL>",
            "Fields come in the documented order. No line end follows: it would belong to the signature."
        })
final class SignFormCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--key-file", required = true, description = "File that holds the Payment API key.")
    @SuppressWarnings("NullAway.Init") // required
    private Path keyFile;

    @Option(names = "--order-uuid", description = "Default: a new one.")
    private @Nullable String orderUuid;

    @Option(names = "--invoice", description = "Default: M-<ten digits>-<ten digits>, drawn.")
    private @Nullable String invoice;

    @Option(names = "--amount", required = true, description = "Such as 10.02.")
    @SuppressWarnings("NullAway.Init") // required
    private String amount;

    @Option(names = "--currency", required = true, description = "Such as CAD.")
    @SuppressWarnings("NullAway.Init") // required
    private String currency;

    @Option(
            names = "--shop-url",
            paramLabel = "URL",
            required = true,
            description = "The shop's address; success_url and failure_url are below it.")
    @SuppressWarnings("NullAway.Init") // required
    private String shopUrl;

    @Option(names = "--notify-url", paramLabel = "URL", required = true, description = "Where the outcome is told.")
    @SuppressWarnings("NullAway.Init") // required
    private String notifyUrl;

    @Option(
            names = "--field",
            paramLabel = "NAME=VALUE",
            description = "One more field after the head, such as billing_email=buyer@example.com; repeatable.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Override
    public Integer call() {
        List<FormField> fields = fields(new SecureRandom());
        String signature = MozelloSignature.sign(MozelloForm.of(fields), KeyFile.read(keyFile));
        fields.add(FormField.of(MozelloSignature.FIELD, signature));
        String body = new String(FormEncoding.URLENCODED.encode(fields).body(), StandardCharsets.US_ASCII);
        output.exactly(body);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("order_uuid", fields.getFirst().text());
        result.put("body", body);
        result.put(
                "fields",
                fields.stream()
                        .map(field -> List.of(field.name(), field.text()))
                        .toList());
        result.put("signature", signature);
        output.result(result);
        return ExitCodes.HOLDS;
    }

    private List<FormField> fields(RandomGenerator random) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "order_uuid", orderUuid != null ? orderUuid : UUID.randomUUID().toString());
        values.put("invoice_id", invoice != null ? invoice : "M-" + tenDigits(random) + "-" + tenDigits(random));
        values.put("amount", amount);
        values.put("currency", currency);
        values.putAll(more);
        String shop = shopUrl.replaceFirst("/+$", "");
        values.putIfAbsent("success_url", shop + "/success");
        values.putIfAbsent("failure_url", shop + "/failure");
        values.putIfAbsent("notify_url", notifyUrl);
        List<FormField> fields = new ArrayList<>();
        values.forEach((name, value) -> fields.add(FormField.of(name, value)));
        return fields;
    }

    private static String tenDigits(RandomGenerator random) {
        return Long.toString(random.nextLong(1_000_000_000L, 10_000_000_000L));
    }
}
