package dev.intermezzo.cli.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.merchants.MerchantsInstallation;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.avro.CashierAccount;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestKafka.Shared.class)
@SuppressWarnings("NullAway.Init") // set before each test
class AccountsCommandTest {
    @TempDir
    private Path folder;

    private MerchantsInstallation installation;

    @BeforeEach
    void install(TestKafka kafka) {
        installation = new MerchantsInstallation(kafka, folder);
        installation.applySandbox();
    }

    @Test
    void an_issued_address_holds_256_bits_and_is_valid_beside_the_files() {
        List<ByteBuffer> before = digests();

        CommandRun run = webhookUrl("--public-url", "https://pay.example.com", "--json");

        URI address = URI.create(run.json().get("address").textValue());
        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(address.toString()).startsWith("https://pay.example.com/mozarto/sandbox-account/webhooks/");
        String token = token(address);
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(digests()).hasSize(2).containsAll(before).contains(sha256(token));
    }

    @Test
    void an_account_with_session_tokens_is_told_its_user_auth_url_with_the_same_token() {
        assertThat(webhookUrl("--public-url", "https://pay.example.com", "--json")
                        .json()
                        .has("userAuthUrl"))
                .isFalse();
        installation.applySandboxWith(
                "    user-token-secret: " + MerchantsInstallation.USER_TOKEN_SECRET, "    user-context: session");

        CommandRun run = webhookUrl("--public-url", "https://pay.example.com", "--json");

        assertThat(run.json().get("userAuthUrl").textValue())
                .isEqualTo(run.json().get("address").textValue().replace("/webhooks/", "/users/"));
    }

    @Test
    void applying_the_file_again_keeps_an_issued_address() {
        String token = issue();

        installation.applySandbox();

        assertThat(digests()).hasSize(2).contains(sha256(token));
    }

    @Test
    void a_revoked_address_is_gone_and_stays_gone() {
        String token = issue();
        String id = webhookUrl("--list", "--json")
                .json()
                .get("addresses")
                .get(1)
                .get("id")
                .textValue();

        CommandRun run = webhookUrl("--revoke", id);
        installation.applySandbox();

        assertThat(run.exit()).isEqualTo(ExitCodes.HOLDS);
        assertThat(digests()).hasSize(1).doesNotContain(sha256(token));
    }

    @Test
    void the_list_tells_origins_and_no_token() {
        String token = issue();

        CommandRun run = webhookUrl("--list", "--json");

        assertThat(run.json().get("addresses").findValuesAsText("origin")).containsExactly("file", "command");
        assertThat(run.out()).doesNotContain(token);
    }

    @Test
    void a_token_of_the_file_is_revoked_in_the_file() {
        String id = webhookUrl("--list", "--json")
                .json()
                .get("addresses")
                .get(0)
                .get("id")
                .textValue();

        CommandRun run = webhookUrl("--revoke", id);

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("token-unknown: ").contains("merchants file");
        assertThat(digests()).hasSize(1);
    }

    @Test
    void an_address_that_cannot_be_told_is_not_issued() {
        CommandRun run = webhookUrl("--public-url", "http://pay.example.com");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("public-url-malformed: ");
        assertThat(digests()).hasSize(1);
    }

    @Test
    void other_keys_cannot_make_an_applied_file_drop_an_issued_address() {
        String token = issue();

        assertThatThrownBy(() -> installation.applySandboxSealedWith(SealingKeys.generate()))
                .isInstanceOf(CommandFailure.class);

        assertThat(digests()).contains(sha256(token));
    }

    private String issue() {
        return token(URI.create(webhookUrl("--public-url", "https://pay.example.com", "--json")
                .json()
                .get("address")
                .textValue()));
    }

    private CommandRun webhookUrl(String... options) {
        return CommandRun.of(
                new AccountsCommand(),
                Stream.concat(
                                Stream.of("--account", "sandbox-account", "--keys", installation.keysFolder()),
                                Stream.of(TestKafka.options(installation.kafka())))
                        .toArray(String[]::new),
                Stream.concat(Stream.of("webhook-url"), Stream.of(options)).toArray(String[]::new));
    }

    private List<ByteBuffer> digests() {
        return ((CashierAccount)
                        installation.stored().account("sandbox-account").getBody())
                .getWebhookTokenDigests();
    }

    private static String token(URI address) {
        return address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
    }

    private static ByteBuffer sha256(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
