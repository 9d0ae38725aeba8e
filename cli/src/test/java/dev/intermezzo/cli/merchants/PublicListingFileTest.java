package dev.intermezzo.cli.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The public listing and the merchants' connections to it: declared in the file, switched by commands. */
@ExtendWith(TestKafka.Shared.class)
@SuppressWarnings("NullAway.Init") // set before each test
class PublicListingFileTest {

    private static final String LISTING = """
              our-listing:
                kind: public
                environment: sandbox
                mozello-keys: global-key-of-the-listing
            """;

    private static final String CONNECTION = """
              shop-a:
                kind: connection
                merchant: demo-shop
                connection-secrets: connection-secret-of-shop-a
                currencies: [CAD]
                shop-hosts: ["127.0.0.1:8081"]
            """;

    private static final String FILE = SandboxYaml.TEXT + LISTING + CONNECTION;

    @TempDir
    private Path folder;

    private MerchantsInstallation installation;

    @BeforeEach
    void install(TestKafka kafka) {
        installation = new MerchantsInstallation(kafka, folder);
    }

    @Test
    void a_listing_belongs_to_no_merchant_and_a_connection_to_one() {
        MerchantsFile file = SandboxYaml.valid(FILE);

        Declared listing = declared(file, "integration:our-listing");
        Declared connection = declared(file, "integration:shop-a");
        assertThat(IntegrationKind.PUBLIC.of(integration(listing))).isTrue();
        assertThat(integration(listing).getMerchant()).isEmpty();
        assertThat(listing.environment()).isEqualTo(Environment.SANDBOX);
        assertThat(IntegrationKind.CONNECTION.of(integration(connection))).isTrue();
        assertThat(integration(connection).getMerchant()).isEqualTo("demo-shop");
        assertThat(connection.secrets()).extracting(DeclaredSecret::purpose).containsExactly("connection-secret");
    }

    @Test
    void what_a_listing_or_a_connection_cannot_have_is_told() {
        assertThat(problems(
                        FILE.replace("    environment: sandbox\n    mozello-keys: global", "    mozello-keys: global")))
                .containsExactly("integrations.our-listing.environment missing");
        assertThat(problems(FILE.replace("    mozello-keys: global-key-of-the-listing\n", "")))
                .containsExactly("integrations.our-listing.mozello-keys missing");
        assertThat(problems(FILE.replace("    kind: public\n", "    kind: public\n    merchant: demo-shop\n")))
                .containsExactly("integrations.our-listing.merchant unknown-key");
        assertThat(problems(
                        FILE.replace("connection-secrets: connection-secret-of-shop-a", "connection-secrets: short")))
                .containsExactly("integrations.shop-a.connection-secrets secret-too-short");
        assertThat(problems(FILE.replace("connection-secrets: connection-secret-of-shop-a", "mozello-keys: a-key")))
                .containsExactly(
                        "integrations.shop-a.connection-secrets missing",
                        "integrations.shop-a.mozello-keys unknown-key");
        assertThat(problems(FILE.replace("connection-secret-of-shop-a", SandboxYaml.MOZELLO_KEY)))
                .containsExactly("integrations.shop-a.connection-secrets secret-twice");
    }

    @Test
    void a_connection_is_listed_as_enabled_once_it_is_connected_and_no_longer_once_it_is_not() {
        apply();
        assertThat(enabled()).isFalse();

        assertThat(run("connect", "shop-a", "--json").json().get("changed").asBoolean())
                .isTrue();
        assertThat(enabled()).isTrue();
        assertThat(run("connect", "shop-a", "--json").json().get("changed").asBoolean())
                .isFalse();
        // The file says nothing about installations, so it leaves them alone.
        apply();
        assertThat(enabled()).isTrue();
        assertThat(run("disconnect", "shop-a", "--json").exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(enabled()).isFalse();
        assertThat(run("connect", "shop-a", "--json").exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(enabled()).isTrue();
    }

    @Test
    void marks_beside_connections_are_neither_listed_nor_told_as_missing_in_a_file() {
        apply();
        run("connect", "shop-a");
        run("disconnect", "shop-a");

        assertThat(run("list").out()).doesNotContain("~");
        assertThat(installation.apply(FILE).untouched()).isEmpty();
    }

    @Test
    void a_private_shop_is_no_connection_and_an_unknown_merchant_cannot_be_switched() {
        apply();

        assertThat(run("connect", "demo-shop").err()).startsWith("connection-unknown: ");
        assertThat(run("disconnect", "nobody").err()).startsWith("connection-unknown: ");
        assertThat(run("disable", "nobody").err()).startsWith("merchant-unknown: ");
    }

    @Test
    void a_merchant_is_disabled_and_enabled_and_nothing_else_of_it_changes() {
        apply();
        Merchant before = merchant();

        assertThat(run("disable", "demo-shop", "--json").json().get("changed").asBoolean())
                .isTrue();
        assertThat(merchant().getEnabled()).isFalse();
        assertThat(run("disable", "demo-shop", "--json").json().get("changed").asBoolean())
                .isFalse();
        run("enable", "demo-shop");

        assertThat(merchant().toString()).isEqualTo(before.toString());
    }

    @Test
    void a_rotated_key_and_its_former_one_serve_side_by_side_for_a_while() {
        apply();
        SealedSecret former = secrets("demo-shop").getFirst();

        CommandRun run = rotate("demo-shop", "another-key-of-the-demo-shop\n");

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).doesNotContain("another-key-of-the-demo-shop");
        List<SealedSecret> now = secrets("demo-shop");
        assertThat(now).hasSize(2);
        assertThat(now.getFirst().getNotAfter())
                .isEqualTo(Instant.parse(run.json().get("former_until").asText()));
        assertThat(now.getFirst().getCiphertext()).isEqualTo(former.getCiphertext());
        assertThat(now.getLast().getNotAfter()).isNull();
        assertThat(new String(
                        new SecretSealer(installation.keys()).open("integration:demo-shop", now.getLast()),
                        StandardCharsets.UTF_8))
                .isEqualTo("another-key-of-the-demo-shop");
    }

    @Test
    void a_connections_secret_rotates_like_a_key_and_no_key_is_given_twice() {
        apply();

        assertThat(rotate("shop-a", "another-secret-of-the-connection").exit()).isEqualTo(ExitCodes.HOLDS);

        assertThat(secrets("shop-a"))
                .extracting(SealedSecret::getPurpose)
                .containsExactly("connection-secret", "connection-secret");
        assertThat(rotate("our-listing", SandboxYaml.MOZELLO_KEY).err()).startsWith("secret-twice: ");
        assertThat(rotate("no-such-shop", "whatever").err()).startsWith("integration-unknown: ");
        assertThat(rotate("demo-shop", " \n").err()).startsWith("secret-unreadable: ");
    }

    @Test
    void a_shops_store_api_key_is_given_and_rotated_beside_its_payment_key_and_never_shown() {
        apply();
        assertThat(storeApi()).isEqualTo("absent");

        assertThat(rotate("demo-shop", "first-store-api-key", "--store-api").exit())
                .isEqualTo(ExitCodes.HOLDS);
        CommandRun second = rotate("demo-shop", "second-store-api-key", "--store-api");

        assertThat(second.out()).doesNotContain("second-store-api-key");
        assertThat(secrets("demo-shop"))
                .extracting(SealedSecret::getPurpose)
                .containsExactly("mozello-key", "store-api-key", "store-api-key");
        assertThat(secrets("demo-shop").get(0).getNotAfter()).isNull();
        assertThat(secrets("demo-shop").get(1).getNotAfter()).isNotNull();
        assertThat(secrets("demo-shop").get(2).getNotAfter()).isNull();
        assertThat(storeApi()).isEqualTo("hold");
        assertThat(run("list").out()).contains("(Store API, else hold)").doesNotContain("store-api-key");
        assertThat(rotate("shop-a", "whatever-else", "--store-api").err()).startsWith("store-api-not-here: ");
    }

    private String storeApi() {
        for (var row : run("list", "--json").json().get("merchants")) {
            if (row.get("kind").asText().equals("integration")) {
                return row.get("storeApi").asText();
            }
        }
        throw new AssertionError("no shop is listed");
    }

    private CommandRun rotate(String id, String secret, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "rotate",
                id,
                "--secret-file",
                installation.file("secret", secret),
                "--keys",
                installation.keysFolder(),
                "--json"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private List<SealedSecret> secrets(String id) {
        return StoredRecords.secrets(installation.stored("integration:" + id));
    }

    private void apply() {
        installation.apply(FILE);
    }

    private CommandRun run(String... arguments) {
        return installation.merchants(arguments);
    }

    private boolean enabled() {
        for (var row : run("list", "--json").json().get("merchants")) {
            if (row.get("kind").asText().equals("connection")) {
                return row.get("enabled").asBoolean();
            }
        }
        throw new AssertionError("no connection is listed");
    }

    private Merchant merchant() {
        return (Merchant) installation.stored("merchant:demo-shop").getBody();
    }

    private static Declared declared(MerchantsFile file, String key) {
        return file.records().stream()
                .filter(record -> record.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Integration integration(Declared declared) {
        return ((Declared.Body.OfIntegration) declared.body()).integration();
    }

    private static List<String> problems(String yaml) {
        return switch (MerchantsFile.read(yaml)) {
            case MerchantsFile.Result.Valid valid -> List.of();
            case MerchantsFile.Result.Invalid invalid ->
                invalid.problems().stream()
                        .map(problem -> problem.where() + " " + problem.code())
                        .toList();
        };
    }
}
