package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.SchemaTopic;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Merchant;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class ApiKeyCommandTest {
    private static final String MERCHANT = "demo-shop";

    private static TestKafka kafka;

    @TempDir
    private Path folder;

    private KafkaSettings installation;

    @BeforeAll
    static void start() {
        kafka = new TestKafka();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void install() throws Exception {
        installation = kafka.installation(Topics.MERCHANTS);
        SealingKeys.generate().save(folder.resolve("keys"));
        assertThat(applied(SandboxYaml.TEXT).exit()).isEqualTo(ExitCodes.HOLDS);
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
    void a_file_that_is_applied_leaves_keys_alone() throws Exception {
        create("payments:read", "anna");

        CommandRun same = applied(SandboxYaml.TEXT);
        CommandRun edited = applied(SandboxYaml.with("name: Demo shop", "name: Another Shop"));

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
        String[] all = new String[arguments.length + 1];
        all[0] = "api-key";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.of(new MerchantsCommand(), TestKafka.options(installation), all);
    }

    private CommandRun applied(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("merchants.yaml"), yaml);
        return CommandRun.of(
                new MerchantsCommand(),
                TestKafka.options(installation),
                "apply",
                file.toString(),
                "--keys",
                folder.resolve("keys").toString(),
                "--json");
    }

    private Merchant stored() {
        try (SchemaTopic schemas = new SchemaTopic(installation)) {
            schemas.start();
            return (Merchant) Objects.requireNonNull(
                            StoredRecords.read(installation, schemas).records().get("merchant:" + MERCHANT))
                    .getBody();
        }
    }
}
