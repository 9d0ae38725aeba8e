package dev.intermezzo.cli.merchants;

import static dev.intermezzo.cli.merchants.SandboxYaml.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MerchantsFileTest {

    @Test
    void the_sandbox_file_declares_an_account_a_merchant_and_an_integration() {
        MerchantsFile file = SandboxYaml.valid(SandboxYaml.TEXT);

        assertThat(file.records())
                .extracting(Declared::key)
                .containsExactly("account:sandbox-account", "merchant:demo-shop", "integration:demo-shop");
        assertThat(file.records()).extracting(Declared::environment).containsOnly(Environment.SANDBOX);
        CashierAccount account =
                ((Declared.Body.OfAccount) file.records().get(0).body()).account();
        assertThat(account.getBaseUrl()).isEqualTo("http://127.0.0.1:8082");
        assertThat(account.getWebhookTokenDigests()).containsExactly(AccountReader.digest(SandboxYaml.WEBHOOK_TOKEN));
        Merchant merchant = ((Declared.Body.OfMerchant) file.records().get(1).body()).merchant();
        assertThat(merchant.getTestShop()).isTrue();
        assertThat(merchant.getEnabled()).isTrue();
        assertThat(merchant.getNoWord()).isEqualTo(NoWordPolicy.FAILED);
        assertThat(merchant.getOrderTimeSeconds()).isEqualTo(86_400);
        assertThat(merchant.getRoutes().getFirst().getMinimum()).isEqualTo(new BigDecimal("1.0000"));
        Integration integration =
                ((Declared.Body.OfIntegration) file.records().get(2).body()).integration();
        assertThat(integration.getInvoicePattern()).isEqualTo("M-\\d{10}-\\d{10}");
        assertThat(integration.getFormLayout()).isEqualTo("order_uuid,invoice_id,amount,currency");
        assertThat(integration.getKind()).isEqualTo("PRIVATE");
    }

    static Stream<Arguments> problems() {
        String account = "accounts.sandbox-account.";
        String merchant = "merchants.demo-shop.";
        String integration = "integrations.demo-shop.";
        return Stream.of(
                arguments("accounts:", "acounts:", "acounts", "unknown-key"),
                arguments("order-time: 24h", "ordertime: 24h", merchant + "ordertime", "unknown-key"),
                arguments("    order-time: 24h", "    order-time: 1d4h", merchant + "order-time", "not-a-duration"),
                arguments("    order-time: 24h", "    order-time: 60d", merchant + "order-time", "not-a-duration"),
                arguments("no-word: failed", "no-word: silence", merchant + "no-word", "not-one-of"),
                arguments("test: true", "test: maybe", merchant + "test", "not-a-flag"),
                arguments("    test: true\n", "", merchant + "account", "production-merchant-on-sandbox-account"),
                arguments("environment: sandbox", "environment: staging", account + "environment", "not-one-of"),
                arguments("environment: sandbox", "environment: production", account + "base-url", "base-url-fixed"),
                arguments("127.0.0.1:8082", "cashier.example:8082", account + "base-url", "base-url-fixed"),
                arguments("  PAYONE:\n", "  PAYTWO:\n", account + "providers.PAYTWO", "unknown-provider"),
                arguments(
                        "provider: PAYONE",
                        "provider: BRITE",
                        merchant + "routes[0].provider",
                        "provider-not-in-account"),
                arguments(
                        "payone-takes-test-mode",
                        "payone-takes-all",
                        account + "providers.PAYONE.confirmed",
                        "unknown-assumption"),
                arguments("minimum: 1.00", "account: other", merchant + "routes[0].account", "foreign-account"),
                arguments("account: sandbox-account", "account: other", merchant + "account", "unknown-account"),
                arguments("merchant: demo-shop", "merchant: other", integration + "merchant", "unknown-merchant"),
                arguments("minimum: 1.00", "minimum: 1,00", merchant + "routes[0].minimum", "not-an-amount"),
                arguments("minimum: 1.00", "minimum: 6000", merchant + "routes[0].maximum", "maximum-below-minimum"),
                arguments("minimum: 1.00", "countries: [CANADA]", merchant + "routes[0].countries", "unknown-country"),
                arguments(
                        "minimum: 1.00",
                        "settings: {colour: red}",
                        merchant + "routes[0].settings.colour",
                        "unknown-setting"),
                arguments(
                        "minimum: 1.00",
                        "settings: {user-id: both}",
                        merchant + "routes[0].settings.user-id",
                        "not-one-of"),
                arguments(
                        "        currencies: [CAD]",
                        "        currencies: [EUR]",
                        merchant + "routes[0].currencies",
                        "currency-not-taken"),
                arguments(
                        "    currencies: [CAD]\n    notify",
                        "    currencies: [CAX]\n    notify",
                        integration + "currencies",
                        "unknown-currency"),
                arguments(
                        "    currencies: [CAD]\n    notify",
                        "    currencies: [CAD]\n    invoice-pattern: 'M-\\d+'\n    notify",
                        integration + "invoice-pattern",
                        "open-boundary"),
                arguments(
                        "    currencies: [CAD]\n    notify",
                        "    currencies: [CAD]\n    invoice-pattern: 'M-['\n    notify",
                        integration + "invoice-pattern",
                        "malformed-pattern"),
                arguments(
                        "    currencies: [CAD]\n    notify",
                        "    currencies: [CAD]\n    form-layout: amount\n    notify",
                        integration + "form-layout",
                        "malformed-layout"),
                arguments(
                        "shop-hosts: [\"localhost:8081\"",
                        "shop-hosts: [\"https://localhost\"",
                        integration + "shop-hosts",
                        "malformed-host"),
                arguments(
                        "shop-hosts: [\"localhost:8081\"",
                        "shop-hosts: [\"*.shop.example\"",
                        integration + "shop-hosts",
                        "malformed-host"),
                arguments(
                        "confirmed: [",
                        "redirect-hosts: [.payone.example]\n        confirmed: [",
                        account + "providers.PAYONE.redirect-hosts",
                        "malformed-host"),
                arguments(
                        "  demo-shop:\n    merchant",
                        "  Demo_Shop:\n    merchant",
                        "integrations.Demo_Shop",
                        "malformed-id"),
                arguments(SandboxYaml.WEBHOOK_TOKEN, "guess", account + "webhook-tokens", "weak-token"),
                arguments(
                        SandboxYaml.USER_TOKEN_SECRET,
                        SandboxYaml.COMPANY_TOKEN,
                        account + "user-token-secret",
                        "secret-twice"),
                arguments(
                        SandboxYaml.MOZELLO_KEY,
                        "[{text: abcdefgh}, {text: hgfedcba, id: b}]",
                        integration + "mozello-keys[0]",
                        "secret-without-id"),
                arguments(
                        SandboxYaml.MOZELLO_KEY,
                        "[{text: abcdefgh, id: b}, {text: hgfedcba, id: b}]",
                        integration + "mozello-keys",
                        "id-twice"),
                arguments(
                        SandboxYaml.MOZELLO_KEY,
                        "{text: abcdefgh, env: HOME}",
                        integration + "mozello-keys",
                        "secret-source"),
                arguments(
                        SandboxYaml.MOZELLO_KEY,
                        "{env: NO_SUCH_VARIABLE_HERE}",
                        integration + "mozello-keys.env",
                        "variable-missing"),
                arguments(
                        SandboxYaml.MOZELLO_KEY,
                        "{file: no/such/file}",
                        integration + "mozello-keys.file",
                        "file-unreadable"),
                arguments(
                        SandboxYaml.MOZELLO_KEY,
                        "{text: abcdefgh, not-after: tomorrow}",
                        integration + "mozello-keys.not-after",
                        "not-a-time"),
                arguments(SandboxYaml.MOZELLO_KEY, "12345678", integration + "mozello-keys", "not-a-secret"),
                arguments("name: Demo shop", "name: \"Demo\\u0007shop\"", merchant + "name", "control-character"),
                arguments("    name: Demo shop\n", "", merchant + "name", "missing"),
                arguments("    name: Demo shop\n", "    name: Demo shop\n    name: Twice\n", "", "not-yaml"),
                arguments("accounts:", "- accounts:", "", "not-yaml"));
    }

    @ParameterizedTest(name = "{3} at {2}")
    @MethodSource("problems")
    void a_problem_is_named_where_it_is(String part, String other, String where, String code) {
        MerchantsFile.Result result = MerchantsFile.read(with(part, other));

        assertThat(result)
                .isInstanceOfSatisfying(
                        MerchantsFile.Result.Invalid.class,
                        invalid -> assertThat(invalid.problems()).anySatisfy(problem -> {
                            assertThat(problem.where()).isEqualTo(where);
                            assertThat(problem.code()).isEqualTo(code);
                        }));
    }

    @Test
    void all_problems_are_told_at_once() {
        String yaml = with("test: true", "test: maybe")
                .replace("no-word: failed", "no-word: silence")
                .replace("merchant: demo-shop", "merchant: other")
                .replace("confirmed: [", "colour: red\n        confirmed: [");

        MerchantsFile.Result result = MerchantsFile.read(yaml);

        assertThat(((MerchantsFile.Result.Invalid) result).problems())
                .extracting(MerchantsProblem::code)
                .contains("not-a-flag", "not-one-of", "unknown-merchant", "unknown-key");
    }

    @Test
    void a_route_whose_provider_has_unconfirmed_assumptions_or_is_only_described_is_refused() {
        String yaml = with("  PAYONE:\n", "  BRITE: {}\n      PAYONE:\n")
                .replace("provider: PAYONE\n        currencies: [CAD]", "provider: BRITE\n        currencies: []");

        assertThat(((MerchantsFile.Result.Invalid) MerchantsFile.read(yaml)).problems())
                .extracting(MerchantsProblem::code)
                .containsExactly("provider-not-routable");
    }

    @Test
    void a_route_to_an_assumed_provider_needs_every_assumption_it_rests_on_and_names_what_is_missing() {
        String yaml = euros("confirmed: [trust-request-as-in-example, trust-page-in-data]");

        assertThat(((MerchantsFile.Result.Invalid) MerchantsFile.read(yaml)).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("provider-not-routable");
                    assertThat(problem.toString()).contains("trust-webhook-says-status");
                });
    }

    @Test
    void an_account_with_session_tokens_needs_no_secret_key_and_says_so_in_its_record() {
        String yaml = with("  user-token-secret: " + SandboxYaml.USER_TOKEN_SECRET, "  user-context: session");

        Declared account = SandboxYaml.valid(yaml).records().getFirst();

        assertThat(((Declared.Body.OfAccount) account.body()).account().getUserContext())
                .isEqualTo("SESSION");
        assertThat(codes(yaml.replace("user-context: session", "user-context: token")))
                .containsExactly("missing");
        assertThat(codes(yaml.replace("user-context: session", "user-context: cookie")))
                .contains("not-one-of");
        assertThat(((Declared.Body.OfAccount) SandboxYaml.valid(SandboxYaml.TEXT)
                                .records()
                                .getFirst()
                                .body())
                        .account()
                        .getUserContext())
                .isEqualTo("TOKEN");
    }

    @Test
    void who_demands_the_user_token_is_no_route_of_an_account_with_session_tokens_until_that_is_confirmed() {
        String confirmed =
                "forumpay-request-as-in-example, forumpay-page-in-data-url, forumpay-webhook-repeats-user-id";
        String yaml = with("  PAYONE:\n", "  FORUMPAY:\n        confirmed: [" + confirmed + "]\n      PAYONE:\n")
                .replace(
                        "provider: PAYONE\n        currencies: [CAD]", "provider: FORUMPAY\n        currencies: [CAD]");
        String session = yaml.replace("    company-token:", "    user-context: session\n    company-token:");

        assertThat(MerchantsFile.read(yaml)).isInstanceOf(MerchantsFile.Result.Valid.class);
        assertThat(((MerchantsFile.Result.Invalid) MerchantsFile.read(session)).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("user-token-demanded");
                    assertThat(problem.toString()).contains("forumpay-takes-session-token");
                });
        assertThat(MerchantsFile.read(session.replace(confirmed, confirmed + ", forumpay-takes-session-token")))
                .isInstanceOf(MerchantsFile.Result.Valid.class);
    }

    @Test
    void a_provider_whose_page_host_no_document_names_needs_one_of_the_account() {
        String all = "confirmed: [trust-request-as-in-example, trust-page-in-data, trust-webhook-says-status]";
        String live = "base-url: https://backend.stg-app.mozarto.io";

        assertThat(((MerchantsFile.Result.Invalid)
                                MerchantsFile.read(euros(all).replace("base-url: http://127.0.0.1:8082", live)))
                        .problems())
                .extracting(MerchantsProblem::code)
                .containsExactly("no-page-host");
        assertThat(MerchantsFile.read(euros(all + "\n        redirect-hosts: [pay.example.com]")
                        .replace("base-url: http://127.0.0.1:8082", live)))
                .isInstanceOf(MerchantsFile.Result.Valid.class);
        assertThat(MerchantsFile.read(euros(all))).isInstanceOf(MerchantsFile.Result.Valid.class);
    }

    @Test
    void a_voucher_is_a_route_once_everything_it_rests_on_is_confirmed() {
        String yaml = with(
                        "  PAYONE:\n",
                        "  FLEXEPIN:\n        confirmed: [flexepin-answer-says-approved, flexepin-redeems-the-whole-amount]\n"
                                + "      PAYONE:\n")
                .replace(
                        "provider: PAYONE\n        currencies: [CAD]", "provider: FLEXEPIN\n        currencies: [EUR]");

        assertThat(MerchantsFile.read(yaml)).isInstanceOf(MerchantsFile.Result.Valid.class);
        assertThat(codes(yaml.replace(", flexepin-redeems-the-whole-amount", "")))
                .containsExactly("provider-not-routable");
    }

    @Test
    void what_only_the_merchant_can_state_is_a_setting_without_which_there_is_no_route() {
        String statements =
                "{blocked: false, isVelocity: false, transactionCount: 0, userBalance: 0, partnerName: Shop}";

        assertThat(codes(pesos("{blocked: false, transactionCount: 0}"))).containsExactly("setting-missing");
        assertThat(codes(pesos(statements.replace("blocked: false", "blocked: perhaps"))))
                .containsExactly("setting-malformed");
        assertThat(MerchantsFile.read(pesos(statements))).isInstanceOf(MerchantsFile.Result.Valid.class);
    }

    private static List<String> codes(String yaml) {
        return ((MerchantsFile.Result.Invalid) MerchantsFile.read(yaml))
                .problems().stream().map(MerchantsProblem::code).toList();
    }

    /** CLEO for pesos, with these settings of the account. */
    private static String pesos(String settings) {
        return with(
                        "  PAYONE:\n",
                        "  CLEO:\n        confirmed: [cleo-request-as-in-older-table, cleo-page-in-data-url,"
                                + " cleo-webhook-repeats-user-id, cleo-gender-words, cleo-statements-of-the-account,"
                                + " cleo-without-verified-email]\n        settings: " + settings + "\n      PAYONE:\n")
                .replace("provider: PAYONE\n        currencies: [CAD]", "provider: CLEO\n        currencies: [CLP]");
    }

    /** TRUST for euros, with these lines of the account about it. */
    private static String euros(String trust) {
        return with("  PAYONE:\n", "  TRUST:\n        " + trust + "\n      PAYONE:\n")
                .replace("provider: PAYONE\n        currencies: [CAD]", "provider: TRUST\n        currencies: [EUR]");
    }

    @Test
    void secrets_come_from_files_beside_the_file_and_from_the_environment(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("key.txt"), "key-from-a-file\n");
        Path file = folder.resolve("merchants.yaml");
        Files.writeString(
                file,
                with(
                        SandboxYaml.MOZELLO_KEY,
                        "[{file: key.txt, id: old, not-after: 2030-01-01T00:00:00Z}, {env: NEW_KEY, id: new}]"));

        MerchantsFile.Result result = MerchantsFile.read(file, Map.of("NEW_KEY", "key-from-the-environment"));

        List<DeclaredSecret> keys =
                ((MerchantsFile.Result.Valid) result).file().records().get(2).secrets();
        assertThat(keys).extracting(DeclaredSecret::id).containsExactly("old", "new");
        assertThat(keys)
                .extracting(key -> key.value().reveal())
                .containsExactly("key-from-a-file", "key-from-the-environment");
        assertThat(keys.get(0).notAfter()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(keys.get(1).notAfter()).isNull();
    }

    @Test
    void neither_a_valid_file_nor_its_problems_print_a_secret() {
        String twice = with(SandboxYaml.USER_TOKEN_SECRET, SandboxYaml.COMPANY_TOKEN);
        String broken = with("  user-token-secret: ", "  user-token-secret: [");

        for (String yaml : List.of(SandboxYaml.TEXT, twice, broken)) {
            assertThat(MerchantsFile.read(yaml).toString())
                    .doesNotContain(
                            SandboxYaml.COMPANY_TOKEN,
                            SandboxYaml.USER_TOKEN_SECRET,
                            SandboxYaml.WEBHOOK_TOKEN,
                            SandboxYaml.MOZELLO_KEY);
        }
    }
}
