package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation that can be switched on, whoever the provider is. */
class EveryContractTest {

    private static final String CONTRACTS = "dev.intermezzo.partners.mozarto.Contract#all";

    /** The documented errors, and what each means. */
    private static final Map<String, RejectionCategory> ERRORS = Map.of(
            "400 error-400-missing-field", RejectionCategory.VALIDATION,
            "400 error-400-validation", RejectionCategory.VALIDATION,
            "400 error-generic-shape", RejectionCategory.VALIDATION,
            "400 error-400-psp-config-not-found", RejectionCategory.RULE_OR_CONFIGURATION_MISSING,
            "400 error-rules-not-matched", RejectionCategory.RULE_OR_CONFIGURATION_MISSING,
            "401 error-401-unauthorized", RejectionCategory.ACCOUNT_AUTH,
            "400 payin-flexepin-response-400-credentials", RejectionCategory.PSP_CREDENTIALS_INVALID,
            "500 payin-flexepin-response-500-internal", RejectionCategory.SERVER_ERROR,
            "500 payin-flexepin-response-500-unknown-psp", RejectionCategory.PSP_UNKNOWN_ERROR);

    /** The normalised codes, which mean the same under any status that is documented for an error. */
    private static final Map<String, RejectionCategory> CODES = Map.of(
            "INVALID_PSP_CREDENTIALS", RejectionCategory.PSP_CREDENTIALS_INVALID,
            "PSP_TIMEOUT", RejectionCategory.PSP_TIMEOUT,
            "PSP_UNAVAILABLE", RejectionCategory.PSP_UNAVAILABLE,
            "PSP_RATE_LIMITED", RejectionCategory.RATE_LIMITED,
            "UNKNOWN_PSP_ERROR", RejectionCategory.PSP_UNKNOWN_ERROR);

    @Test
    void these_operations_can_be_switched_on_and_no_other() {
        assertThat(Contract.all().map(Contract::toString))
                .containsExactly(
                        "CLEO pay-in",
                        "FLEXEPIN pay-in",
                        "FORUMPAY pay-in",
                        "FORUMPAY pay-out",
                        "GIGADAT pay-in",
                        "GIGADAT pay-out ETO",
                        "PAYONE pay-in",
                        "PAYONE pay-out",
                        "TRUST pay-in",
                        "WORLDPAY_EU pay-in");
    }

    @ParameterizedTest
    @MethodSource(CONTRACTS)
    void a_payment_with_everything_in_order_is_written_in_the_catalogues_order(Contract contract) {
        List<String> known =
                contract.operation().fields().stream().map(FieldRule::name).toList();

        assertThat(known).containsSubsequence(contract.names());
        assertThat(contract.body().path("pspType").asText())
                .isEqualTo(contract.operation().pspType().code());
        assertThat(contract.body().path("type").asText())
                .isEqualTo(contract.operation().operation().name());
        assertThat(contract.text())
                .contains("\"baseamount\":"
                        + contract.asked().amount().getAmount().toPlainString());
    }

    @ParameterizedTest
    @MethodSource(CONTRACTS)
    void every_field_has_the_type_that_the_catalogue_says(Contract contract) {
        contract.operation().fields().stream()
                .filter(field -> contract.body().has(field.name()))
                .forEach(field -> assertThat(
                                contract.body().path(field.name()).getNodeType().name())
                        .as(field.name())
                        .isEqualTo(field.type().name()));
    }

    static Stream<Arguments> assumptions() {
        return Contract.all()
                .flatMap(contract -> contract.operation().neededToRoute().stream()
                        .map(assumption -> Arguments.of(contract, assumption)));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("assumptions")
    void nothing_is_sent_while_one_assumption_is_not_confirmed(Contract contract, String assumption) {
        assertThat(contract.without(assumption).request())
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_ROUTABLE));
    }

    static Stream<Arguments> fieldsOnAssumption() {
        return Contract.all()
                .flatMap(contract -> contract.operation().fields().stream()
                        .filter(field -> field.assumption() != null)
                        .map(field -> Arguments.of(contract, field)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("fieldsOnAssumption")
    void a_field_that_rests_on_an_assumption_is_sent_only_when_that_is_confirmed(Contract contract, FieldRule field) {
        assertThat(contract.names()).contains(field.name());
        assertThat(contract.without(Objects.requireNonNull(field.assumption())).names())
                .doesNotContain(field.name());
    }

    static Stream<Arguments> askedFields() {
        return Contract.all()
                .flatMap(contract -> contract.operation().fields().stream()
                        .flatMap(FieldRule::needed)
                        .filter(field -> field.source().buyerField() != null
                                && field.source().buyerField() != BuyerField.IP_ADDRESS)
                        .map(field -> Arguments.of(contract, field)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("askedFields")
    void what_a_required_field_lacks_is_asked_of_the_buyer_by_name(Contract contract, FieldRule field) {
        BuyerField detail = Objects.requireNonNull(field.source().buyerField());

        assertThat(contract.with(detail, "").request())
                .isEqualTo(new CashierRequest.Result.Incomplete(
                        List.of(new FieldProblem(detail.key(), FieldProblem.Code.MISSING))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("askedFields")
    void a_value_that_breaks_the_fields_rule_is_not_sent(Contract contract, FieldRule field) {
        BuyerField detail = Objects.requireNonNull(field.source().buyerField());
        Contract broken = contract.with(detail, brokenValue(field.format()));

        assertThat(broken.request()).isNotInstanceOf(CashierRequest.Result.Ready.class);
        assertThat(EligibilityCheck.missing(broken.operation(), broken.asked().buyer()))
                .containsExactly(new FieldProblem(detail.key(), FieldProblem.Code.INVALID));
    }

    private static String brokenValue(FieldFormat format) {
        return switch (format) {
            case TEXT -> "two\nlines";
            case EMAIL -> "no address";
            case DIGITS -> "three";
            case PHONE_DIGITS, PHONE_AS_GIVEN -> "call me";
            case PHONE_NANP -> "+44 1234 567890";
            case COUNTRY -> "XX";
            case DATE -> "1990-02-30";
            case GENDER -> "unknown";
            case IP_ADDRESS -> "somewhere";
            case VOUCHER_PIN -> "12 34";
            case CRYPTO_CURRENCY -> "btc";
            case WALLET_ADDRESS -> "a wallet";
        };
    }

    static Stream<Arguments> settings() {
        return Contract.all()
                .flatMap(contract ->
                        contract.operation().requiredSettings().stream().map(name -> Arguments.of(contract, name)));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("settings")
    void without_a_statement_that_only_the_merchant_can_make_nothing_is_sent(Contract contract, String name) {
        CashierRequest.Result notStatable = new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_STATABLE);

        assertThat(contract.withSetting(name, "").request()).isEqualTo(notStatable);
        assertThat(contract.withSetting(name, "two\nlines").request()).isEqualTo(notStatable);
    }

    static Stream<Arguments> errors() {
        return Contract.all()
                .flatMap(contract -> ERRORS.entrySet().stream()
                        .map(error -> Arguments.of(contract, error.getKey(), error.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("errors")
    void a_documented_error_means_the_same_for_every_provider(
            Contract contract, String error, RejectionCategory category) {
        int status = Integer.parseInt(error.substring(0, 3));
        String body = new String(Examples.bytes(error.substring(4)), StandardCharsets.UTF_8);

        assertThat(contract.answer(status, body))
                .isInstanceOfSatisfying(
                        CashierReading.Rejected.class,
                        rejected -> assertThat(rejected.category()).isEqualTo(category));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("errors")
    void an_error_under_status_200_is_an_error(Contract contract, String error, RejectionCategory category) {
        String body = new String(Examples.bytes(error.substring(4)), StandardCharsets.UTF_8);

        assertThat(contract.answer(200, body)).isInstanceOf(CashierReading.Rejected.class);
        assertThat(contract.answer(
                        200,
                        contract.opening("https://" + Contract.PAGE_HOST + "/1")
                                .replace("\"isSuccess\":true", "\"isSuccess\":false")))
                .isInstanceOf(CashierReading.Rejected.class);
    }

    @ParameterizedTest
    @MethodSource(CONTRACTS)
    void a_normalised_code_decides_whatever_the_status_is(Contract contract) {
        CODES.forEach((code, category) -> Stream.of(200, 400, 429, 500, 504).forEach(status -> {
            CashierReading reading = contract.answer(
                    status,
                    "{\"status\":\"error\",\"isSuccess\":false,\"errorCode\":\"" + code
                            + "\",\"message\":\"It failed.\"}");

            assertThat(reading)
                    .isInstanceOfSatisfying(
                            CashierReading.Rejected.class,
                            rejected -> assertThat(rejected.category())
                                    .as(status + " " + code)
                                    .isEqualTo(category));
        }));
    }

    @ParameterizedTest
    @MethodSource(CONTRACTS)
    void what_is_no_answer_of_the_cashier_leaves_open_what_happened(Contract contract) {
        assertThat(contract.answer(200, "text/html", "<html><body>Maintenance</body></html>"))
                .isInstanceOfSatisfying(
                        CashierReading.Unreadable.class,
                        why -> assertThat(why.code()).isEqualTo("html"));
        assertThat(contract.answer(200, ""))
                .isInstanceOfSatisfying(
                        CashierReading.Unreadable.class,
                        why -> assertThat(why.code()).isEqualTo("empty"));
        assertThat(contract.answer(200, "{\"status\":\"success\""))
                .isInstanceOfSatisfying(
                        CashierReading.Unreadable.class,
                        why -> assertThat(why.code()).isEqualTo("not-json"));
        assertThat(contract.answer(302, contract.opening("https://" + Contract.PAGE_HOST + "/1")))
                .isInstanceOfSatisfying(
                        CashierReading.Unreadable.class,
                        why -> assertThat(why.code()).isEqualTo("redirected"));
        assertThat(contract.answer(502, "text/html", "<html>Bad gateway</html>"))
                .isInstanceOfSatisfying(
                        CashierReading.Rejected.class,
                        rejected ->
                                assertThat(rejected.category().indeterminate()).isTrue());
        assertThat(contract.answer(504, ""))
                .isInstanceOfSatisfying(
                        CashierReading.Rejected.class,
                        rejected ->
                                assertThat(rejected.category().indeterminate()).isTrue());
    }

    @ParameterizedTest
    @MethodSource(CONTRACTS)
    void a_page_is_opened_by_what_opens_pages_only_and_only_where_a_host_is_listed(Contract contract) {
        CashierReading reading = contract.answer(200, contract.opening("https://" + Contract.PAGE_HOST + "/1"));

        if (contract.operation().kind() == ProviderOperation.Kind.MOVES_MONEY) {
            assertThat(reading).isInstanceOf(CashierReading.Accepted.class);
            return;
        }
        assertThat(reading)
                .isInstanceOfSatisfying(
                        CashierReading.PageOpened.class,
                        page -> assertThat(judge(contract, page.redirectUrl()))
                                .isInstanceOf(RedirectVerdict.Allowed.class));
    }

    @ParameterizedTest
    @MethodSource("dev.intermezzo.partners.mozarto.Contract#openers")
    void a_page_that_is_not_https_or_elsewhere_is_never_shown(Contract contract) {
        assertThat(refusal(contract, "http://" + Contract.PAGE_HOST + "/1")).isEqualTo("redirect-not-https");
        assertThat(refusal(contract, "https://elsewhere.example/1")).isEqualTo("redirect-host");
        assertThat(refusal(contract, "https://" + Contract.PAGE_HOST + ":8443/1"))
                .isEqualTo("redirect-port");
        assertThat(refusal(contract, "https://" + Contract.PAGE_HOST + ".elsewhere.example/1"))
                .isEqualTo("redirect-host");
        assertThat(refusal(contract, "https://user@" + Contract.PAGE_HOST + "/1"))
                .isEqualTo("redirect-malformed");
    }

    private static String refusal(Contract contract, String url) {
        CashierReading reading = contract.answer(200, contract.opening(url));
        String page = ((CashierReading.PageOpened) reading).redirectUrl();
        return ((RedirectVerdict.Refused) judge(contract, page)).code();
    }

    private static RedirectVerdict judge(Contract contract, String url) {
        return RedirectPolicy.of(contract.operation(), contract.asked().settings(), false)
                .judge(url);
    }

    static Stream<ProviderOperation> described() {
        return Examples.CATALOGUE.providers().stream()
                .flatMap(provider -> provider.operations().stream())
                .filter(operation -> operation.readiness() == ProviderOperation.Readiness.DESCRIBED);
    }

    @ParameterizedTest
    @MethodSource("described")
    void what_is_only_described_is_never_sent_and_says_what_is_not_known(ProviderOperation operation) {
        assertThat(Contract.of(operation).request())
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_ROUTABLE));
        assertThat(operation.openQuestions()).isNotEmpty();
    }
}
