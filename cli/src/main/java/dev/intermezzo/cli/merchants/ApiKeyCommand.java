package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.ingress.api.ApiScope;
import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.schemas.avro.ApiKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intermezzo merchants api-key}. */
@Command(
        name = "api-key",
        mixinStandardHelpOptions = true,
        description = "Keys to the merchant API: issue, list and revoke them.")
public final class ApiKeyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: create, list or revoke.");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = {
                "Issue a key, and print it, this once. It is valid within a second, until it is revoked.",
                "With refunds:write or payouts:write the two persons named here stand behind everything that is asked for with "
                        + "it."
            })
    int create(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MERCHANT", description = "The merchant's id.") String merchant,
            @Option(
                            names = "--scope",
                            paramLabel = "S",
                            required = true,
                            split = ",",
                            description =
                                    "payments:read, payouts:read, payouts:write, refunds:write; several with commas.")
                    List<String> scopes,
            @Option(
                            names = "--network",
                            paramLabel = "CIDR",
                            split = ",",
                            description =
                                    "Where it may be used: 192.0.2.0/24, 2001:db8::/32 or an address; several with commas "
                                            + "or again. Left out: anywhere.")
                    @Nullable
                    List<String> networks,
            @Option(names = "--operator", paramLabel = "NAME", required = true, description = "Who issues it.")
                    String operator,
            @Option(
                            names = "--approver",
                            paramLabel = "NAME",
                            description = "Another person, for a key that moves money.")
                    @Nullable
                    String approver) {
        SortedSet<ApiScope> wanted = scopes(scopes);
        List<Network> bounds = networks(networks == null ? List.of() : networks);
        try (KafkaConnection connection = kafka.open()) {
            ApiToken token = new IssuedApiKeys(connection, InstantSource.system())
                    .issue(
                            merchant,
                            wanted,
                            bounds,
                            operator.strip(),
                            approver == null ? null : approver.strip(),
                            new SecureRandom());
            output.line(token.reveal());
            output.line("");
            output.line("Its system sends it as 'Authorization: Bearer ...'. It is not shown again.");
            output.line("It is valid now, as " + token.keyId() + ", "
                    + from(bounds.stream().map(Network::toString).toList()) + ". Keep it out of mails and tickets.");
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", token.keyId());
            fields.put("key", token.reveal());
            fields.put("networks", bounds.stream().map(Network::toString).toList());
            output.result(fields);
            return ExitCodes.HOLDS;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List a merchant's valid keys: id, scopes, networks, who issued it and when; never the key.")
    int list(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MERCHANT", description = "The merchant's id.") String merchant) {
        try (KafkaConnection connection = kafka.open()) {
            List<ApiKey> keys = new IssuedApiKeys(connection, InstantSource.system()).list(merchant);
            keys.forEach(key -> output.line("  %-13s %s  %s  %s  %s"
                    .formatted(
                            key.getId(),
                            key.getIssuedAt(),
                            key.getIssuedBy(),
                            key.getScopes(),
                            from(key.getNetworks()))));
            List<Map<String, Object>> rows =
                    keys.stream().map(ApiKeyCommand::row).toList();
            output.line(rows.isEmpty() ? "No API keys." : rows.size() + " in all.");
            output.result(Map.of("merchant", merchant, "keys", rows));
            return ExitCodes.HOLDS;
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Make a key invalid within a second. What was asked for with it goes on.")
    int revoke(
            @Mixin Output output,
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MERCHANT", description = "The merchant's id.") String merchant,
            @Parameters(paramLabel = "KEY", description = "As 'list' names it.") String key) {
        try (KafkaConnection connection = kafka.open()) {
            new IssuedApiKeys(connection, InstantSource.system()).revoke(merchant, key);
            output.line("Revoked " + key + ": the merchant API refuses it from now on.");
            output.result(Map.of("revoked", key));
            return ExitCodes.HOLDS;
        }
    }

    private SortedSet<ApiScope> scopes(List<String> texts) {
        SortedSet<ApiScope> scopes = new TreeSet<>();
        for (String text : texts) {
            scopes.add(ApiScope.of(text.strip())
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "There is no scope " + text + "; there are "
                                    + Arrays.stream(ApiScope.values())
                                            .map(ApiScope::text)
                                            .collect(Collectors.joining(", "))
                                    + ".")));
        }
        return scopes;
    }

    private List<Network> networks(List<String> texts) {
        return texts.stream()
                .map(text -> switch (Network.read(text)) {
                    case Network.Reading.Read read -> read.network();
                    case Network.Reading.Refused refused ->
                        throw new ParameterException(spec.commandLine(), "--network " + refused.sentence());
                })
                .distinct()
                .toList();
    }

    private static String from(List<String> networks) {
        return networks.isEmpty() ? "from anywhere" : "from " + String.join(", ", networks);
    }

    private static Map<String, Object> row(ApiKey key) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", key.getId());
        row.put("scopes", key.getScopes());
        row.put("networks", key.getNetworks());
        row.put("issued_at", key.getIssuedAt().toString());
        row.put("issued_by", key.getIssuedBy());
        row.put("approved_by", key.getApprovedBy() == null ? "" : key.getApprovedBy());
        return row;
    }
}
