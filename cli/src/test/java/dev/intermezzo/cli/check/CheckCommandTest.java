package dev.intermezzo.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.merchants.MerchantsInstallation;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.MozelloSignature;
import dev.intermezzo.runtime.sealing.SealingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What it finds without an edge; {@link CheckOnSandboxTest} looks at a running one. */
@ExtendWith(TestKafka.Shared.class)
@SuppressWarnings("NullAway.Init") // set before the tests
class CheckCommandTest {
    @TempDir
    private Path folder;

    private MerchantsInstallation installation;

    @BeforeEach
    void install(TestKafka kafka) {
        installation = new MerchantsInstallation(kafka, folder);
    }

    @Test
    void it_prints_what_to_paste_where() {
        installation.applySandbox();

        JsonNode result = check("demo-shop").json();

        assertThat(result.get("payment_urls").get("demo-shop").textValue())
                .isEqualTo("http://127.0.0.1:1/mozello/demo-shop/checkout");
        JsonNode payone = result.get("providers").get(0);
        assertThat(payone.get("provider").textValue()).isEqualTo("PAYONE");
        assertThat(payone.get("webhookUrl").textValue())
                .isEqualTo("http://127.0.0.1:1/mozarto/sandbox-account/webhooks/<token>");
        assertThat(payone.get("returnUrl").textValue()).isEqualTo("http://127.0.0.1:1/return/sandbox-account");
    }

    @Test
    void of_an_account_with_session_tokens_it_prints_the_user_auth_url_and_misses_no_secret_key() {
        installation.applySandboxWith(
                "    user-token-secret: " + MerchantsInstallation.USER_TOKEN_SECRET, "    user-context: session");

        CommandRun run = check("demo-shop");

        assertThat(run.json().get("user_auth_url").textValue())
                .isEqualTo("http://127.0.0.1:1/mozarto/sandbox-account/users/<token>");
        assertThat(codes(run)).doesNotContain("secret-missing");
    }

    @Test
    void what_does_not_answer_is_named_with_what_to_do() {
        installation.applySandbox();

        CommandRun run = check("demo-shop");

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(codes(run)).contains("public-url-unreachable");
        assertThat(run.json().get("problems").findValuesAsText("remedy")).noneMatch(String::isBlank);
        assertThat(run.json().get("tried")).isNotEmpty();
    }

    @Test
    void secrets_of_other_keys_are_found() {
        installation.applySandboxSealedWith(SealingKeys.generate());

        CommandRun run = check("demo-shop");

        assertThat(codes(run)).contains("secret-not-openable");
    }

    @Test
    void a_currency_that_no_route_takes_is_found() {
        installation.applySandboxWith(
                "    currencies: [CAD]\n    notify-hosts", "    currencies: [CAD, EUR]\n    notify-hosts");

        CommandRun run = check("demo-shop");

        assertThat(codes(run)).contains("currency-without-route");
        assertThat(run.out()).contains("EUR");
    }

    @Test
    void an_account_without_a_webhook_address_is_found() {
        installation.applySandboxWith("    webhook-tokens: [\"webhook-token-of-the-sandbox\"]\n", "");

        assertThat(codes(check("demo-shop"))).contains("webhook-address-missing");
    }

    @Test
    void a_file_that_is_not_applied_is_said() {
        installation.applySandbox();
        String file = installation.file(
                "merchants.yaml", MerchantsInstallation.sandboxFile().replace("order-time: 24h", "order-time: 12h"));

        CommandRun run = check("demo-shop", "--file", file);

        assertThat(codes(run)).contains("not-applied");
        assertThat(run.json().get("problems").findValuesAsText("where")).contains("merchant:demo-shop");
    }

    @Test
    void a_recorded_form_of_another_layout_is_shown_for_the_operator_to_confirm() throws IOException {
        installation.applySandbox();
        Path form = form("invoice_id=M-1234567890-1234567890", "order_uuid=3f2b0c5e-1111-4222-8333-444455556666");

        CommandRun run = check("demo-shop", "--form", form.toString());

        assertThat(codes(run)).contains("layout-other");
        assertThat(run.json().get("form_layout").toString()).startsWith("[\"invoice_id\",\"order_uuid\",\"amount\"");
        assertThat(run.json().get("problems").findValuesAsText("remedy"))
                .anyMatch(remedy -> remedy.contains("form-layout: invoice_id,order_uuid,amount,currency"));
        assertThat(run.out()).doesNotContain("1234567890-1234567890");
    }

    @Test
    void a_recorded_form_as_documented_is_fine() throws IOException {
        installation.applySandbox();
        Path form = form("order_uuid=3f2b0c5e-1111-4222-8333-444455556666", "invoice_id=M-1234567890-1234567890");

        CommandRun run = check("demo-shop", "--form", form.toString());

        assertThat(codes(run)).doesNotContain("layout-other");
        assertThat(run.json().get("notes").toString()).contains("would be paid");
    }

    @Test
    void nobody_of_that_name_is_said() {
        CommandRun run = check("nobody");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("merchant-unknown: ").contains("nobody");
    }

    private Path form(String first, String second) throws IOException {
        List<FormField> fields = new ArrayList<>();
        for (String field : List.of(
                first,
                second,
                "amount=10.02",
                "currency=CAD",
                "success_url=http://127.0.0.1:8081/success",
                "failure_url=http://127.0.0.1:8081/failure",
                "notify_url=http://127.0.0.1:8081/notify")) {
            int equals = field.indexOf('=');
            fields.add(FormField.of(field.substring(0, equals), field.substring(equals + 1)));
        }
        fields.add(FormField.of(
                MozelloSignature.FIELD,
                MozelloSignature.sign(
                        MozelloForm.of(fields), MozelloKey.of("test", MerchantsInstallation.MOZELLO_KEY))));
        return Files.write(
                folder.resolve("form"), FormEncoding.URLENCODED.encode(fields).body());
    }

    private static List<String> codes(CommandRun run) {
        return run.json().get("problems").findValuesAsText("code");
    }

    private CommandRun check(String id, String... options) {
        return CommandRun.of(
                new CheckCommand(),
                Stream.of(
                                Stream.of(options),
                                Stream.of(TestKafka.options(installation.kafka())),
                                // Nothing listens there.
                                Stream.of("--public-url", "http://127.0.0.1:1", "--json"),
                                Stream.of("--keys", installation.keysFolder()))
                        .flatMap(each -> each)
                        .toArray(String[]::new),
                id);
    }
}
