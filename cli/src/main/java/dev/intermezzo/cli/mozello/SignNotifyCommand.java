package dev.intermezzo.cli.mozello;

import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.Notification;
import dev.intermezzo.partners.mozello.NotifyStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo mozello sign-notify}: the message that would tell a shop an order's outcome. */
@Command(
        name = "sign-notify",
        mixinStandardHelpOptions = true,
        description = "Print the signed notification for an order, without sending it.")
final class SignNotifyCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(names = "--key-file", required = true, description = "File that holds the Payment API key.")
    @SuppressWarnings("NullAway.Init") // required
    private Path keyFile;

    @Option(names = "--order-uuid", required = true, description = "The order, as its checkout named it.")
    @SuppressWarnings("NullAway.Init") // required
    private String orderUuid;

    @Option(names = "--status", required = true, description = "One of: ${COMPLETION-CANDIDATES} (any case).")
    @SuppressWarnings("NullAway.Init") // required
    private NotifyStatus status;

    @Option(names = "--check-pending", description = "Change the order only while it is still pending.")
    private boolean checkPending;

    @Override
    public Integer call() {
        List<FormField> fields = new Notification(orderUuid, status, checkPending).fields(KeyFile.read(keyFile));
        fields.forEach(field -> output.line(field.name() + "=" + field.text()));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "fields",
                fields.stream()
                        .map(field -> List.of(field.name(), field.text()))
                        .toList());
        result.put("signature", fields.getLast().text());
        output.result(result);
        return ExitCodes.HOLDS;
    }
}
