package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderCatalogueTest {

    private static final String PACKAGE = "dev/intermezzo/partners/mozarto/";

    @Test
    void the_bundled_catalogue_has_a_file_for_every_documented_provider() {
        ProviderCatalogue catalogue = ProviderCatalogue.bundled();

        assertThat(catalogue.providers()).extracting(Provider::pspType).isEqualTo(PspType.DOCUMENTED);
        assertThat(catalogue.summaries()).hasSize(10);
    }

    @Test
    void payone_is_listed_with_all_that_is_known_of_it() {
        ProviderSummary payone = ProviderCatalogue.bundled().summaries().stream()
                .filter(row -> row.pspType().equals("PAYONE"))
                .findFirst()
                .orElseThrow();

        assertThat(payone)
                .isEqualTo(new ProviderSummary(
                        "PAYONE",
                        true,
                        true,
                        true,
                        "documented",
                        "assumed",
                        List.of("CAD"),
                        List.of(
                                "pspType",
                                "type",
                                "baseamount",
                                "currency",
                                "currencyCode",
                                "userId",
                                "email",
                                "firstName",
                                "lastName",
                                "phone"),
                        "data.redirect_url",
                        List.of("payone-takes-merchant-reference", "payone-takes-test-mode"),
                        "PayOne",
                        "Interac in Canada on a hosted page; Canadian dollars only.",
                        List.of("doc-2105817", "doc-2109913", "api-35348193", "api-37889879"),
                        List.of("accountName", "apiKey", "webhookUrl", "siteUrl", "isWebhookSecured"),
                        List.of(
                                new ConfigurationItem("accountName", true, null, List.of()),
                                new ConfigurationItem("apiKey", true, null, List.of()),
                                new ConfigurationItem("webhookUrl", true, null, List.of()),
                                new ConfigurationItem("siteUrl", true, null, List.of()),
                                new ConfigurationItem("isWebhookSecured", false, null, List.of())),
                        Stream.of(Examples.payIn("PAYONE"), Examples.payOut("PAYONE"))
                                .map(OperationFacts::of)
                                .toList()));
    }

    @Test
    void all_that_is_known_of_an_operation_is_told() {
        OperationFacts gigadat = OperationFacts.of(Examples.payIn("GIGADAT"));

        assertThat(gigadat.fields())
                .contains(
                        new FieldFacts(
                                "phone",
                                FieldType.STRING,
                                true,
                                "phone",
                                "North American, digits only: ten, or eleven that begin with 1; 10 to 11 characters",
                                null,
                                List.of()),
                        new FieldFacts(
                                "baseamount", FieldType.NUMBER, true, "amount", "exactly 2 decimals", null, List.of()));
        assertThat(gigadat.assumptions())
                .extracting(OperationFacts.AssumptionFacts::name, OperationFacts.AssumptionFacts::neededToRoute)
                .containsExactly(
                        tuple("gigadat-webhook-says-status", true), tuple("gigadat-takes-billing-address", false));
        assertThat(OperationFacts.of(Examples.payIn("TRUST")).sessionLifetime()).isEqualTo("PT5M");
        assertThat(OperationFacts.of(Examples.payIn("CLEO")).localCurrencies())
                .isEqualTo(Map.of("CL", "CLP", "MX", "MXN", "PE", "PEN"));
        assertThat(OperationFacts.of(Examples.payIn("FLEXEPIN")).unservedFields())
                .isEmpty();
    }

    @Test
    void what_the_back_office_takes_and_presets_is_told() {
        assertThat(Examples.CATALOGUE
                        .provider(new PspType("WORLDPAY_EU"))
                        .orElseThrow()
                        .configuration())
                .contains(
                        new ConfigurationItem("merchantCode", true, null, List.of()),
                        new ConfigurationItem("captureDelay", false, "DEFAULT", List.of("DEFAULT", "0 to 14", "OFF")),
                        new ConfigurationItem("integrationMode", false, "hpp", List.of("hpp", "direct")));
    }

    @Test
    void what_is_named_of_a_market_is_told_and_restricts_nothing() {
        ProviderOperation payone = Examples.payIn("PAYONE");

        assertThat(Objects.requireNonNull(payone.market()).sentence()).isEqualTo("Interac in Canada.");
        assertThat(payone.countries()).isEmpty();
        assertThat(Objects.requireNonNull(Examples.payOut("FORUMPAY").market()).cryptoCurrencies())
                .containsExactly("BTC", "ETH", "USDT");
        assertThat(Objects.requireNonNull(Examples.payIn("WORLDPAY_EU").market())
                        .exampleCurrencies())
                .containsExactly("EUR", "GBP");
        assertThat(Examples.payIn("WORLDPAY_EU").currencies()).isEmpty();
    }

    @Test
    void the_rules_of_emerchantpays_fields_are_told() {
        List<FieldFacts> fields =
                OperationFacts.of(Examples.payIn("EMERCHANTPAY")).fields();

        assertThat(rules(fields))
                .containsEntry("card.expMonth", "digits only; exactly 2 characters")
                .containsEntry("card.expYear", "digits only; exactly 4 characters")
                .containsEntry("usage", "Card deposit when left out")
                .containsEntry("address.state", "required if the card is of the United States");
    }

    private static Map<String, String> rules(List<FieldFacts> fields) {
        Map<String, String> rules = new TreeMap<>();
        for (FieldFacts field : fields) {
            rules.put(field.name(), field.rule());
            field.fields().forEach(part -> rules.put(field.name() + "." + part.name(), part.rule()));
        }
        return rules;
    }

    @ParameterizedTest
    @CsvSource({
        "BRITE,true,false,false",
        "CLEO,true,true,true",
        "EMERCHANTPAY,true,false,true",
        "FLEXEPIN,true,false,false",
        "FORUMPAY,true,true,true",
        "GIGADAT,true,true,true",
        "NEOSURF,true,false,true",
        "PAYONE,true,true,true",
        "TRUST,true,false,true",
        "WORLDPAY_EU,true,false,true",
    })
    void directions_and_webhooks_are_those_of_the_overview(String psp, boolean payIn, boolean payOut, boolean webhook) {
        ProviderSummary row =
                ProviderSummary.of(Examples.CATALOGUE.provider(new PspType(psp)).orElseThrow());

        assertThat(row.payIn()).isEqualTo(payIn);
        assertThat(row.payOut()).isEqualTo(payOut);
        assertThat(row.webhook()).isEqualTo(webhook);
    }

    @Test
    void only_the_pay_in_of_payone_may_be_routed() {
        List<String> routable = Examples.CATALOGUE.providers().stream()
                .flatMap(provider -> provider.operations().stream())
                .filter(operation -> operation.routable(Set.of()))
                .map(operation -> operation.pspType() + " " + operation.operation())
                .toList();

        assertThat(routable).containsExactly("PAYONE PAYIN");
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void whatever_moves_money_in_the_call_itself_says_so(Operation operation) {
        Set<String> redeeming = Set.of("EMERCHANTPAY", "FLEXEPIN", "NEOSURF");

        assertThat(Examples.CATALOGUE.providers())
                .flatExtracting(Provider::operations)
                .filteredOn(each -> each.operation() == operation)
                .allSatisfy(each -> assertThat(each.kind() == ProviderOperation.Kind.MOVES_MONEY)
                        .isEqualTo(operation == Operation.PAYOUT
                                || redeeming.contains(each.pspType().code())));
    }

    @Test
    void an_assumed_operation_is_routed_once_everything_it_rests_on_is_confirmed() {
        ProviderOperation payIn = Examples.payIn("FORUMPAY");

        assertThat(payIn.routable(Set.of())).isFalse();
        assertThat(payIn.routable(Set.of("forumpay-page-in-data-url", "forumpay-takes-merchant-reference")))
                .isFalse();
        assertThat(payIn.routable(Set.of(
                        "forumpay-request-as-in-example",
                        "forumpay-page-in-data-url",
                        "forumpay-webhook-repeats-user-id")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PAYONE,documented,PER_BUYER,STATIC,false,,NO",
        "FORUMPAY,assumed,PER_ATTEMPT,UNKNOWN,false,,UNKNOWN",
        "TRUST,assumed,PER_BUYER,PER_REQUEST,true,PT5M,YES",
    })
    void what_sets_the_providers_apart_is_in_the_catalogue(
            String psp,
            String readiness,
            UserIdMode userId,
            ProviderOperation.ReturnAddress returnAddress,
            boolean singleUse,
            @Nullable Duration sessionLifetime,
            ProviderOperation.Known reference) {
        ProviderOperation payIn = Examples.payIn(psp);

        assertThat(payIn.readiness()).hasToString(readiness);
        assertThat(payIn.kind()).isEqualTo(ProviderOperation.Kind.OPENS_PAGE);
        assertThat(payIn.userId()).isEqualTo(userId);
        assertThat(payIn.returnAddress()).isEqualTo(returnAddress);
        assertThat(Objects.requireNonNull(payIn.redirect()).singleUse()).isEqualTo(singleUse);
        assertThat(payIn.sessionLifetime()).isEqualTo(sessionLifetime);
        assertThat(payIn.webhook().reference()).isEqualTo(reference);
    }

    @Test
    void no_assumption_of_a_provider_is_routed_around_by_confirming_another_providers() {
        Set<String> ofForumPay = Examples.payIn("FORUMPAY").assumptions().stream()
                .map(ProviderOperation.Assumption::name)
                .collect(Collectors.toSet());

        assertThat(Examples.payIn("TRUST").routable(ofForumPay)).isFalse();
    }

    @Test
    void adding_a_provider_is_adding_one_file() throws IOException {
        SortedMap<String, byte[]> files = ProviderFiles.bundled();
        files.put("acmepay.json", acmePay());

        ProviderCatalogue catalogue = ProviderCatalogue.of(files);

        Contract acmePay = Contract.of(
                catalogue.operation(new PspType("ACMEPAY"), Operation.PAYIN).orElseThrow());
        assertThat(catalogue.summaries())
                .hasSize(11)
                .extracting(ProviderSummary::pspType)
                .contains("ACMEPAY");
        assertThat(acmePay.without("acmepay-answers-as-described").request())
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_ROUTABLE));
        assertThat(acmePay.text())
                .isEqualTo("{\"pspType\":\"ACMEPAY\",\"type\":\"PAYIN\",\"baseamount\":25.0,"
                        + "\"currency\":\"SEK\",\"userId\":\"user-1\",\"channel\":\"web\",\"retries\":3,"
                        + "\"payer\":{\"fullName\":\"Maya Tremblay\",\"born\":\"1990-01-15\"},"
                        + "\"returnUrl\":\"https://pay.example.com/return/a-token\"}");
        assertThat(acmePay.with(BuyerField.BIRTH_DATE, "").request())
                .isEqualTo(new CashierRequest.Result.Incomplete(
                        List.of(new FieldProblem("birthDate", FieldProblem.Code.MISSING))));
        assertThat(acmePay.answer(200, acmePay.opening("https://pay.acme.example/1")))
                .isInstanceOf(CashierReading.PageOpened.class);
        assertThat(RedirectPolicy.of(acmePay.operation(), AccountSettings.DEFAULTS, false)
                        .judge("https://pay.acme.example/1"))
                .isInstanceOf(RedirectVerdict.Allowed.class);
        assertThat(catalogue.refund(new PspType("ACMEPAY")))
                .as("it pays buyers out, and needs nothing that a refund does not bring")
                .hasValueSatisfying(payOut -> assertThat(payOut.operation()).isEqualTo(Operation.PAYOUT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"payee\", \"source\": \"email\"  | \"payee\", \"source\": \"wallet-address\"",
                "\"payee\", \"source\": \"email\"  | \"payee\", \"source\": \"voucher-pin\"",
                "\"payee\", \"source\": \"email\"  | \"payee\", \"source\": \"unsettled\"",
                "\"readiness\": \"documented\" | \"readiness\": \"described\"",
            })
    void what_is_only_described_or_needs_more_than_its_buyer_gives_no_money_back(String part, String other)
            throws IOException {
        String file = new String(acmePay(), StandardCharsets.UTF_8);
        assertThat(file).containsOnlyOnce(part);

        ProviderCatalogue catalogue = ProviderCatalogue.of(files("acmepay.json", file.replace(part, other)));

        assertThat(catalogue.operation(new PspType("ACMEPAY"), Operation.PAYOUT))
                .isPresent();
        assertThat(catalogue.refund(new PspType("ACMEPAY"))).isEmpty();
    }

    @Test
    void of_the_bundled_providers_two_give_money_back_through_the_cashier() {
        assertThat(Examples.CATALOGUE.providers())
                .filteredOn(provider -> provider.refund().isPresent())
                .extracting(provider -> provider.pspType().code())
                .containsExactly("GIGADAT", "PAYONE");
    }

    @Test
    void the_version_follows_the_content_and_nothing_else() {
        String version = ProviderCatalogue.of(files("payone.json", payone())).version();
        String reformatted = payone().replace("\n", "\r\n").replace("  ", "\t");
        String changed = payone().replace("PT24H", "PT25H");

        assertThat(version).matches("[0-9a-f]{32}");
        assertThat(ProviderCatalogue.of(files("payone.json", reformatted)).version())
                .isEqualTo(version);
        assertThat(ProviderCatalogue.of(files("payone.json", changed)).version())
                .isNotEqualTo(version);
        assertThat(ProviderCatalogue.bundled().version()).isNotEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"CAD\"                    | \"ZZZ\"                   | currency that ISO 4217",
                "\"moves-money\"            | \"opens-page\"            | never repeated",
                "\"PT24H\"                  | \"PT0S\"                  | lateWindow must be above zero",
                "\"PT24H\"                  | \"a day\"                 | not an ISO 8601 duration",
                "\"expected\": true         | \"expected\": false       | outcome would never be known",
                "\"currencies\": [\"CAD\"]  | \"currencies\": []        | exactly one currency",
                "\"firstName\"              | \"lastName\"              | is there twice",
                "demo.payonepayment.com\"]  | *\"]                      | unreadable redirect host",
                "\"minLength\": 6           | \"minLength\": 16         | minLength above its maxLength",
                "\"maxLength\": 64          | \"maxLength\": 201        | longer than 200",
                "\"source\": \"user-id\"    | \"source\": \"email\"     | sends no USER_ID",
                "\"source\": \"phone\"      | \"source\": \"horoscope\" | cannot be read",
                "\"returnAddress\": \"static\" | \"returnAddress\": \"per-request\" | field for the return address",
                "\"readiness\": \"documented\" | \"readiness\": \"assumed\" | no assumption that it rests on",
                "\"kind\"                   | \"kynd\"                  | cannot be read",
                "\"readiness\": \"documented\" | \"readiness\": \"sure\" | cannot be read",
                "\"readiness\": \"documented\", | | cannot be read",
                "\"brand-id\", \"required\": false | \"constant\", \"required\": false | constant without a value",
                "\"brand-id\", \"required\": false | \"constant\", \"type\": \"boolean\", \"value\": \"yes\", \"required\": false | constant without a value",
                "\"brand-id\", \"required\": false | \"brand-id\", \"value\": \"7\", \"required\": false | although it is no constant",
                "\"brand-id\", \"required\": false | \"brand-id\", \"type\": \"number\", \"required\": false | another type than string",
                "\"brand-id\", \"required\": false | \"object\", \"required\": false | must have fields",
                "\"required\": false, \"assumption\" | \"required\": true, \"assumption\" | cannot decide about it alone",
                "\"countries\": [] | \"countries\": [\"CA\"], \"localCurrencies\": {\"US\": \"CAD\"} | for each of its countries",
                "\"operation\": \"PAYOUT\" | \"operation\": \"PAYIN\", \"variant\": \"B\" | must name its variant",
                "\"secret\": \"yes\" | \"secret\": null | cannot be read",
                "\"sentence\": \"Interac in Canada.\" | \"exampleCurrencies\": [\"CAD\"] | cannot be read",
                "in Canada.\" | in Canada.\", \"exampleCurrencies\": [\"ZZZ\"] | gives an example of a currency",
                "\"siteUrl\", \"required\": true | \"apiKey\", \"required\": true | is there twice",
                "\"siteUrl\", \"required\": true | \"siteUrl\", \"required\": true, \"default\": \"x\" | so it has no default",
                "\"source\": \"last-name\" | \"source\": \"last-name\", \"default\": \"x\" | neither a default nor",
                "\"assumption\": \"payone-takes-test-mode\" | \"assumption\": \"faith\" | assumption that is not named",
            })
    void a_file_that_breaks_a_rule_stops_the_start(String part, @Nullable String wrong, String problem) {
        String file = payone().replace(part, Objects.requireNonNullElse(wrong, ""));
        assertThat(file).isNotEqualTo(payone());

        assertThatThrownBy(() -> ProviderCatalogue.of(files("payone.json", file)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("payone.json")
                .hasMessageContaining(problem);
    }

    @Test
    void all_problems_are_told_at_once() {
        SortedMap<String, byte[]> files = files("wrong-name.json", payone());
        files.put("broken.json", "{".getBytes(StandardCharsets.UTF_8));

        CatalogueException failure = catchThrowableOfType(CatalogueException.class, () -> ProviderCatalogue.of(files));

        assertThat(failure.problems()).hasSize(2).anyMatch(problem -> problem.startsWith("broken.json"));
    }

    @Test
    void an_empty_catalogue_is_a_problem() {
        assertThatThrownBy(() -> ProviderCatalogue.of(new TreeMap<>())).isInstanceOf(CatalogueException.class);
    }

    @Test
    void the_files_are_found_in_a_jar_without_folder_entries(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("a name with blanks.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : List.of("ProviderFiles.class", "providers/payone.json", "providers/notes.txt")) {
                out.putNextEntry(new JarEntry(PACKAGE + entry));
                out.write(payone().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        URL classFile = URI.create("jar:" + jar.toUri() + "!/" + PACKAGE + "ProviderFiles.class")
                .toURL();

        Map<String, byte[]> files = ProviderFiles.beside(classFile);

        assertThat(files).containsOnlyKeys("payone.json");
        assertThat(files.get("payone.json")).isEqualTo(payone().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] acmePay() throws IOException {
        try (InputStream file = ProviderCatalogueTest.class.getResourceAsStream("/catalogue/acmepay.json")) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }

    private static String payone() {
        return Examples.catalogueFile("payone.json");
    }

    private static SortedMap<String, byte[]> files(String name, String content) {
        return new TreeMap<>(Map.of(name, content.getBytes(StandardCharsets.UTF_8)));
    }
}
