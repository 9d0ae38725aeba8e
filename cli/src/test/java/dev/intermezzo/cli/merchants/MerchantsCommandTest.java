package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestKafka.Shared.class)
@SuppressWarnings("NullAway.Init") // set before each test
class MerchantsCommandTest {
    @TempDir
    private Path folder;

    private MerchantsInstallation installation;

    @BeforeEach
    void install(TestKafka kafka) {
        installation = new MerchantsInstallation(kafka, folder);
    }

    @Test
    void a_file_is_applied_and_its_secrets_are_stored_sealed() {
        CommandRun run = apply(SandboxYaml.TEXT);

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.json().get("problems")).isEmpty();
        assertThat(run.json().get("merchants").findValuesAsText("change"))
                .containsExactly("created", "created", "created");
        Integration integration = (Integration) stored("integration:demo-shop").getBody();
        SealedSecret sealed = integration.getSecrets().getFirst();
        byte[] opened = new SecretSealer(installation.keys()).open("integration:demo-shop", sealed);
        assertThat(new String(opened, StandardCharsets.UTF_8)).isEqualTo(SandboxYaml.MOZELLO_KEY);
        assertThat(new String(sealed.getCiphertext().array(), StandardCharsets.ISO_8859_1))
                .doesNotContain(SandboxYaml.MOZELLO_KEY);
    }

    @Test
    void applying_twice_writes_nothing_the_second_time() {
        apply(SandboxYaml.TEXT);
        Map<String, String> before = storedBytes();

        CommandRun again = apply(SandboxYaml.TEXT);

        assertThat(again.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(again.json().get("merchants").findValuesAsText("change"))
                .containsExactly("unchanged", "unchanged", "unchanged");
        // Sealing anew would give another ciphertext and writing another time.
        assertThat(storedBytes()).isEqualTo(before);
    }

    @Test
    void only_what_was_edited_gets_a_new_revision() {
        apply(SandboxYaml.TEXT);
        Map<String, String> before = storedBytes();
        String revision = stored("integration:demo-shop").getRevision();

        JsonNode rows = apply(SandboxYaml.with(SandboxYaml.MOZELLO_KEY, "another-key-of-the-demo-shop"))
                .json()
                .get("merchants");

        assertThat(rows.findValuesAsText("change")).containsExactly("unchanged", "unchanged", "changed");
        assertThat(rows.get(2).get("fields").toString()).isEqualTo("[\"secrets\"]");
        assertThat(storedBytes()).containsEntry("merchant:demo-shop", before.get("merchant:demo-shop"));
        assertThat(stored("integration:demo-shop").getRevision()).isNotEqualTo(revision);
    }

    @Test
    void a_merchant_that_is_disabled_or_left_out_of_the_file_keeps_its_keys() {
        apply(SandboxYaml.TEXT);
        Map<String, String> before = storedBytes();

        apply(SandboxYaml.with("    test: true", "    test: true\n    enabled: false"));
        assertThat(stored("merchant:demo-shop").getBody())
                .isInstanceOfSatisfying(
                        Merchant.class,
                        merchant -> assertThat(merchant.getEnabled()).isFalse());
        assertThat(storedBytes())
                .containsEntry("integration:demo-shop", before.get("integration:demo-shop"))
                .containsEntry("account:sandbox-account", before.get("account:sandbox-account"));
        JsonNode rows = apply(SandboxYaml.TEXT.substring(0, SandboxYaml.TEXT.indexOf("merchants:")))
                .json();

        assertThat(storedBytes()).as(rows.toString()).containsKeys("merchant:demo-shop", "integration:demo-shop");
    }

    @Test
    void a_plan_tells_and_writes_nothing() {
        String file = installation.file("merchants.yaml", SandboxYaml.TEXT);

        CommandRun run = installation.merchants("apply", file, "--keys", installation.keysFolder(), "--plan");

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).contains("created     account:sandbox-account", "nothing was written");
        assertThat(stored().records()).isEmpty();
    }

    @Test
    void a_key_that_another_files_shop_has_is_refused() {
        apply(SandboxYaml.TEXT);

        CommandRun run = apply(SandboxYaml.TEXT
                .replace("demo-shop:", "second-shop:")
                .replace("merchant: demo-shop", "merchant: second-shop"));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        JsonNode problem = run.json().get("problems").get(0);
        assertThat(problem.get("code").asText()).isEqualTo("secret-twice");
        assertThat(problem.get("where").asText()).isEqualTo("integration:second-shop");
        assertThat(stored().records()).doesNotContainKey("merchant:second-shop");
    }

    @Test
    void a_webhook_token_that_another_files_account_has_is_refused() {
        apply(SandboxYaml.TEXT);

        CommandRun run = apply(SandboxYaml.TEXT
                .replace("sandbox-account", "second-account")
                .replace("demo-shop:", "second-shop:")
                .replace("merchant: demo-shop", "merchant: second-shop")
                .replace(SandboxYaml.COMPANY_TOKEN, "another-company-token")
                .replace(SandboxYaml.USER_TOKEN_SECRET, "another-user-token-secret-of-32-bytes")
                .replace(SandboxYaml.MOZELLO_KEY, "another-key-of-a-second-shop"));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().get("problems"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("secret-twice", "account:second-account", "account:sandbox-account"));
        assertThat(stored().records()).doesNotContainKey("account:second-account");
    }

    @Test
    void what_is_wrong_with_the_file_and_what_is_wrong_beside_the_stored_records_is_told_at_once() {
        apply(SandboxYaml.TEXT);

        CommandRun run = apply(SandboxYaml.with("environment: sandbox", "environment: production")
                .replace("    base-url: http://127.0.0.1:8082\n", "")
                .replace(SandboxYaml.WEBHOOK_TOKEN, "w".repeat(43))
                .replace("demo-shop:", "second-shop:")
                .replace("merchant: demo-shop", "merchant: second-shop")
                .replace("order-time: 24h", "order-tme: 24h")
                .replace("\"localhost:8081\", \"127.0.0.1:8081\"", "shop.example.com"));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().get("problems").findValuesAsText("code"))
                .contains("unknown-key", "environment-changed", "secret-twice");
        assertThat(stored().records()).doesNotContainKey("merchant:second-shop");
    }

    @Test
    void a_key_that_moves_from_a_record_with_a_problem_is_not_called_another_files() {
        apply(SandboxYaml.TEXT);

        CommandRun run = apply(SandboxYaml.with("mozello-keys: " + SandboxYaml.MOZELLO_KEY, "mozello-key: moved")
                + """
                  second-shop:
                    merchant: demo-shop
                    mozello-keys: %s
                    currencies: [CAD]
                    shop-hosts: [shop.example.com]
                """.formatted(SandboxYaml.MOZELLO_KEY));

        assertThat(run.json().get("problems").findValuesAsText("code"))
                .isNotEmpty()
                .doesNotContain("secret-twice");
    }

    @Test
    void without_keys_the_problems_of_the_file_are_told_all_the_same() {
        String file = installation.file("merchants.yaml", SandboxYaml.with("merchant: demo-shop", "merchant: other"));

        CommandRun run = installation.merchants(
                "apply", file, "--keys", folder.resolve("none").toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.out()).contains("unknown-merchant", "was not compared with what is stored");
    }

    @Test
    void an_accounts_secrets_overlap_until_the_file_ends_the_former_one() {
        apply(SandboxYaml.TEXT);
        String former = stored("account:sandbox-account").getRevision();

        CommandRun run = apply(SandboxYaml.with(
                        "company-token: " + SandboxYaml.COMPANY_TOKEN,
                        overlapping("company-token", SandboxYaml.COMPANY_TOKEN, "new-company-token"))
                .replace(
                        "user-token-secret: " + SandboxYaml.USER_TOKEN_SECRET,
                        overlapping(
                                        "user-token-secret",
                                        SandboxYaml.USER_TOKEN_SECRET,
                                        "new-user-token-secret-of-32-bytes")
                                + "\n    "
                                + overlapping("webhook-authorization", "former-webhook-secret", "new-webhook-secret")));

        assertThat(run.exit()).as(run.out()).isEqualTo(ExitCodes.HOLDS);
        MerchantRecord account = stored("account:sandbox-account");
        assertThat(account.getRevision()).isNotEqualTo(former);
        // The last one that is valid is used for our calls; of those that Mozarto sends, each that is valid is taken.
        assertThat(StoredRecords.secrets(account))
                .extracting(secret -> secret.getPurpose() + " " + secret.getId() + " " + secret.getNotAfter())
                .containsExactly(
                        "company-token former 2099-01-31T00:00:00Z",
                        "company-token new null",
                        "user-token-secret former 2099-01-31T00:00:00Z",
                        "user-token-secret new null",
                        "webhook-authorization former 2099-01-31T00:00:00Z",
                        "webhook-authorization new null");
    }

    private static String overlapping(String key, String former, String fresh) {
        return "%s: [{id: former, text: %s, not-after: 2099-01-31T00:00:00Z}, {id: new, text: %s}]"
                .formatted(key, former, fresh);
    }

    @Test
    void an_account_never_changes_its_environment() {
        apply(SandboxYaml.TEXT);

        CommandRun run = apply(SandboxYaml.with("environment: sandbox", "environment: production")
                .replace("    base-url: http://127.0.0.1:8082\n", "")
                .replace("\"localhost:8081\", \"127.0.0.1:8081\"", "shop.example.com")
                .replace(SandboxYaml.WEBHOOK_TOKEN, "w".repeat(43)));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().get("problems").findValuesAsText("code")).containsExactly("environment-changed");
    }

    @Test
    void a_file_with_problems_is_not_applied_even_in_part() {
        CommandRun run = apply(SandboxYaml.with("merchant: demo-shop", "merchant: other"));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.json().get("problems").get(0).get("code").asText()).isEqualTo("unknown-merchant");
        assertThat(stored().records()).isEmpty();
    }

    @Test
    void the_list_names_what_is_stored_and_no_secret() {
        apply(SandboxYaml.TEXT);

        CommandRun text = installation.merchants("list");
        CommandRun json = installation.merchants("list", "--json");

        assertThat(text.out())
                .contains("sandbox-account", "demo-shop", "PAYONE", "sandbox")
                .doesNotContain(SandboxYaml.COMPANY_TOKEN, SandboxYaml.MOZELLO_KEY, SandboxYaml.WEBHOOK_TOKEN);
        assertThat(json.json().get("merchants").findValuesAsText("kind"))
                .containsExactly("account", "integration", "merchant");
        assertThat(json.out())
                .doesNotContain(SandboxYaml.COMPANY_TOKEN, SandboxYaml.MOZELLO_KEY, SandboxYaml.WEBHOOK_TOKEN);
    }

    @Test
    void without_keys_nothing_is_sealed_and_the_folder_is_named() {
        String file = installation.file("merchants.yaml", SandboxYaml.TEXT);

        CommandRun run = installation.merchants(
                "apply", file, "--keys", folder.resolve("none").toString());

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("keys-missing: ").contains("--keys");
    }

    @Test
    void one_process_applies_a_file_with_its_own_keys() {
        MerchantsPlan plan = installation.apply(SandboxYaml.TEXT);

        assertThat(plan.count(MerchantsPlan.Kind.CREATED)).isEqualTo(3);
        assertThat(stored().records()).hasSize(3);
    }

    private CommandRun apply(String yaml) {
        return installation.applyCommand(yaml);
    }

    private StoredRecords stored() {
        return installation.stored();
    }

    /** As they are stored, to the byte. */
    private Map<String, String> storedBytes() {
        Map<String, String> bytes = new HashMap<>();
        stored().records()
                .forEach((key, record) -> bytes.put(
                        key,
                        HexFormat.of().formatHex(Codec.of(MerchantRecord.class).encode(record))));
        return bytes;
    }

    private MerchantRecord stored(String key) {
        return installation.stored(key);
    }
}
