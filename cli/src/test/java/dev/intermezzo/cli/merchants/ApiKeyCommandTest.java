package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Merchant;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TestKafka.Shared.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ApiKeyCommandTest {
    private static final String MERCHANT = "demo-shop";

    @TempDir
    private Path folder;

    private MerchantsInstallation installation;

    @BeforeEach
    void install(TestKafka kafka) {
        installation = new MerchantsInstallation(kafka, folder);
        assertThat(installation.applyCommand(SandboxYaml.TEXT).exit()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void a_key_is_told_once_and_only_its_digest_is_kept() {
        CommandRun created = create("refunds:write,payments:read", "anna", "ben");

        assertThat(created.exit()).as(created.err()).isEqualTo(ExitCodes.HOLDS);
        ApiToken token = ApiToken.parse(created.json().get("key").asText()).orElseThrow();
        String secret = token.reveal().substring(token.reveal().lastIndexOf('.') + 1);
        ApiKey kept = stored().getApiKeys().getFirst();
        assertThat(kept.getDigest()).isEqualTo(ByteBuffer.wrap(token.digest()));
        assertThat(kept.getScopes()).containsExactly("payments:read", "refunds:write");
        assertThat(kept.getIssuedBy()).isEqualTo("anna");
        assertThat(kept.getApprovedBy()).isEqualTo("ben");
        assertThat(stored().toString()).doesNotContain(secret);
    }

    @Test
    void a_key_that_moves_money_takes_two_persons_and_one_that_reads_takes_one() {
        CommandRun alone = create("refunds:write", "anna");
        CommandRun payer = create("payouts:write", "anna");
        CommandRun twice = create("refunds:write", "anna", "anna");
        CommandRun reader = create("payments:read", "anna");

        assertThat(List.of(alone, payer, twice)).allSatisfy(run -> {
            assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
            assertThat(run.err()).contains("second-person-needed");
        });
        assertThat(reader.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(stored().getApiKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.getApprovedBy()).isNull());
    }

    @Test
    void a_file_that_is_applied_leaves_keys_alone() {
        create("payments:read", "anna");

        CommandRun same = installation.applyCommand(SandboxYaml.TEXT);
        CommandRun edited = installation.applyCommand(SandboxYaml.with("name: Demo shop", "name: Another Shop"));

        assertThat(same.json().get("merchants").findValuesAsText("change")).doesNotContain("changed", "created");
        assertThat(edited.json().get("merchants").findValuesAsText("change")).contains("changed");
        assertThat(stored().getName()).isEqualTo("Another Shop");
        assertThat(stored().getApiKeys()).hasSize(1);
    }

    @Test
    void keys_are_listed_without_secrets_and_revoked_by_their_id() {
        String first = create("payments:read", "anna").json().get("id").asText();
        String second = create("payouts:read", "anna").json().get("id").asText();

        CommandRun listed = run("list", MERCHANT, "--json");
        CommandRun revoked = run("revoke", MERCHANT, first, "--json");
        CommandRun again = run("revoke", MERCHANT, first, "--json");

        assertThat(listed.json().get("keys").findValuesAsText("id")).containsExactly(first, second);
        assertThat(listed.out()).doesNotContain("imk.", "digest");
        assertThat(revoked.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(again.err()).contains("key-unknown");
        JsonNode left = run("list", MERCHANT, "--json").json().get("keys");
        assertThat(left.findValuesAsText("id")).containsExactly(second);
    }

    @Test
    void a_key_is_bound_to_the_networks_it_was_issued_for_and_the_list_says_where() {
        CommandRun bound = run(
                "create",
                MERCHANT,
                "--scope",
                "payments:read",
                "--network",
                "192.0.2.0/24,2001:DB8:0::/32",
                "--network",
                "198.51.100.7",
                "--network",
                "192.0.2.0/24",
                "--operator",
                "anna");
        create("payouts:read", "anna");

        assertThat(bound.exit()).as(bound.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(bound.out()).contains("from 192.0.2.0/24, 2001:db8::/32, 198.51.100.7/32");
        assertThat(stored().getApiKeys())
                .map(ApiKey::getNetworks)
                .containsExactly(List.of("192.0.2.0/24", "2001:db8::/32", "198.51.100.7/32"), List.of());
        assertThat(run("list", MERCHANT).out())
                .contains("from 192.0.2.0/24, 2001:db8::/32, 198.51.100.7/32", "from anywhere");
        assertThat(run("list", MERCHANT, "--json").json().get("keys").findValues("networks"))
                .map(JsonNode::size)
                .containsExactly(3, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "office.example.com, never by name",
        "192.0.2.7/24, the network is 192.0.2.0/24",
        "192.0.2.0/33, from 0 to 32",
        "192.0.2, no IP address",
    })
    void a_network_that_is_none_is_refused_with_what_to_write(String network, String sentence) {
        CommandRun refused =
                run("create", MERCHANT, "--scope", "payments:read", "--network", network, "--operator", "anna");

        assertThat(refused.exit()).isNotEqualTo(ExitCodes.HOLDS);
        assertThat(refused.err()).contains("--network", sentence);
        assertThat(stored().getApiKeys()).isEmpty();
    }

    @Test
    void more_networks_than_are_looked_at_are_refused() {
        String networks = IntStream.range(0, IssuedApiKeys.MOST_NETWORKS + 1)
                .mapToObj(n -> "192.0.2." + n)
                .collect(Collectors.joining(","));

        CommandRun refused =
                run("create", MERCHANT, "--scope", "payments:read", "--network", networks, "--operator", "anna");

        assertThat(refused.err()).contains("too-many-networks");
        assertThat(stored().getApiKeys()).isEmpty();
    }

    @Test
    void there_is_no_key_without_a_merchant_or_for_a_scope_that_does_not_exist() {
        CommandRun nobody = run("create", "nobody", "--scope", "payments:read", "--operator", "anna");
        CommandRun unknown = create("payouts:all", "anna");

        assertThat(nobody.err()).contains("merchant-unknown");
        assertThat(unknown.exit()).isNotEqualTo(ExitCodes.HOLDS);
        assertThat(unknown.err()).contains("payments:read, payouts:read, payouts:write, refunds:write");
        assertThat(stored().getApiKeys()).isEmpty();
    }

    private CommandRun create(String scopes, String operator, String... approver) {
        List<String> arguments =
                new ArrayList<>(List.of("create", MERCHANT, "--scope", scopes, "--operator", operator, "--json"));
        for (String name : approver) {
            arguments.addAll(List.of("--approver", name));
        }
        return run(arguments.toArray(String[]::new));
    }

    private CommandRun run(String... arguments) {
        return installation.merchants(
                Stream.concat(Stream.of("api-key"), Stream.of(arguments)).toArray(String[]::new));
    }

    private Merchant stored() {
        return (Merchant) installation.stored("merchant:" + MERCHANT).getBody();
    }
}
