package dev.intermezzo.cli.accounts;

import dev.intermezzo.cli.edge.EdgeAddresses;
import dev.intermezzo.cli.edge.PublicUrlOptions;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.keys.KeysOptions;
import dev.intermezzo.cli.merchants.WebhookAddresses;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code intermezzo accounts}. */
@Command(
        name = "accounts",
        mixinStandardHelpOptions = true,
        description = "Cashier accounts: issue, list and revoke their webhook addresses, release one that is on hold.")
public final class AccountsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    /** What to do instead of issuing an address. */
    static final class Instead {
        @Option(names = "--list", description = "List the valid ones: id, origin, beginning of the token's SHA-256.")
        private boolean list;

        @Option(names = "--revoke", paramLabel = "ID", description = "Make an issued one invalid at once.")
        private @Nullable String revoked;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: webhook-url or release.");
    }

    @Command(
            name = "webhook-url",
            mixinStandardHelpOptions = true,
            description = {
                "Issue an address for Mozarto's webhooks to an account, and print it, this once.",
                "The address is the key to the account: whoever has it can say that a payment is paid. Those issued "
                        + "before stay valid until they are revoked, also when a merchants file is applied."
            })
    int webhookUrl(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Mixin KeysOptions keys,
            @Mixin PublicUrlOptions publicUrl,
            @Option(names = "--account", paramLabel = "ID", required = true, description = "The Cashier account.")
                    String account,
            @ArgGroup @Nullable Instead instead) {
        boolean issuing = instead == null;
        // Asked for first: an address that cannot be printed must not become valid.
        @Nullable EdgeAddresses addresses = issuing ? publicUrl.addresses() : null;
        try (KafkaConnection connection = kafka.open()) {
            WebhookAddresses tokens = new WebhookAddresses(
                    connection, KeysOptions.sealer(keys.folder(kafka.data())), InstantSource.system());
            if (addresses != null) {
                issue(output, tokens, account, addresses);
            } else if (instead != null && instead.revoked != null) {
                tokens.revoke(account, instead.revoked);
                output.line("Revoked " + instead.revoked + ": the edge refuses it from now on.");
                output.result(Map.of("revoked", instead.revoked));
            } else if (instead != null && instead.list) {
                list(output, tokens.list(account));
            }
            return ExitCodes.HOLDS;
        }
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = {
                "Make the calls again that wait because Mozarto refused the account's credentials.",
                "Apply the merchants file with the new credentials first. Refused again, they wait again; nothing fails."
            })
    int release(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Option(names = "--account", paramLabel = "ID", required = true, description = "The Cashier account.")
                    String account,
            @Option(names = "--operator", paramLabel = "NAME", required = true, description = "Who says that it works.")
                    String operator) {
        try (KafkaConnection connection = kafka.open()) {
            List<String> payments =
                    new AccountRelease(connection, InstantSource.system()).release(account, operator.strip());
            payments.forEach(output::line);
            output.line(
                    payments.isEmpty()
                            ? "No call waits for this account."
                            : payments.size() + " told; 'intermezzo audit show' tells what became of each.");
            output.result(Map.of("account", account, "payments", payments));
            return ExitCodes.HOLDS;
        }
    }

    private static void issue(Output output, WebhookAddresses tokens, String account, EdgeAddresses addresses) {
        WebhookAddresses.Issued issued = tokens.issue(account, new SecureRandom());
        URI address = addresses.webhook(account, issued.token());
        output.line(address.toString());
        output.line("");
        output.line("Paste it as webhookUrl of each PSP account in Mozarto's back office. It is not shown again.");
        URI userAuth = addresses.userAuth(account, issued.token());
        if (issued.sessions()) {
            output.line("");
            output.line(userAuth.toString());
            output.line("");
            output.line("And this one as User Auth URL, in Admin Center > API Credentials.");
        }
        output.line("It is valid now, as " + issued.id() + ". Keep it out of mails and tickets.");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", issued.id());
        fields.put("address", address.toString());
        if (issued.sessions()) {
            fields.put("userAuthUrl", userAuth.toString());
        }
        output.result(fields);
    }

    private static void list(Output output, List<WebhookAddresses.Valid> valid) {
        valid.forEach(
                each -> output.line("%-28s %-8s sha256 %s…".formatted(each.id(), each.origin(), each.fingerprint())));
        if (valid.isEmpty()) {
            output.line("The account has no webhook address: no payment can be confirmed.");
        }
        output.result(Map.of("addresses", valid));
    }
}
