package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.bytes;
import static dev.intermezzo.partners.mozarto.Examples.payIn;
import static dev.intermezzo.partners.mozarto.Examples.payOut;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every documented message, with exactly what must be understood from it. */
class DocumentedExamplesTest {

    private static final String TRANSACTION = "64a1f2b3c4d5e6f7a8b9c0d1";
    private static final String SESSION = "60a74038-5b94-427e-8cff-abc123";

    static Stream<Arguments> answers() {
        return Stream.of(
                answer(
                        "payin-payone-response-200",
                        payIn("PAYONE"),
                        200,
                        page("https://demo.payonepayment.com/webflow-payment/...", List.of(TRANSACTION), null, "10")),
                answer(
                        "payin-generic-response-200",
                        payIn("FORUMPAY"),
                        200,
                        page("https://payment-provider.com/pay/session/xyz", List.of(), SESSION, null)),
                answer(
                        "payin-gigadat-response-200",
                        payIn("GIGADAT"),
                        200,
                        page(
                                "https://interac.express-connect.com/webflow?transaction=64a1f2b3c4d5e6f7a8b9c0d1&token=<payment-token>",
                                List.of(TRANSACTION),
                                null,
                                "10")),
                answer(
                        "payin-quickstart-response-200",
                        payIn("PAYONE"),
                        200,
                        accepted(List.of(TRANSACTION), null, null, false)),
                answer(
                        "payin-flexepin-response-200-older",
                        payIn("FLEXEPIN"),
                        200,
                        accepted(List.of(), SESSION, null, false)),
                answer(
                        "payin-neosurf-response-200-older",
                        payIn("NEOSURF"),
                        200,
                        accepted(List.of(), SESSION, null, false)),
                answer(
                        "payout-generic-response-200",
                        payOut("PAYONE"),
                        200,
                        accepted(List.of(TRANSACTION), null, null, false)),
                answer(
                        "payout-forumpay-response-200",
                        payOut("FORUMPAY"),
                        200,
                        accepted(
                                List.of("69f332c3f6abfbeab46f98db", "badd0b52-110f-4be2-af64-59d7645796af"),
                                null,
                                "10",
                                true)),
                answer(
                        "error-400-missing-field",
                        payIn("PAYONE"),
                        400,
                        rejected(RejectionCategory.VALIDATION, null, "Missing required field: pspType")),
                answer(
                        "error-400-psp-config-not-found",
                        payIn("PAYONE"),
                        400,
                        rejected(
                                RejectionCategory.RULE_OR_CONFIGURATION_MISSING,
                                null,
                                "Something went wrong; PSP Configuration not found. Please check you psp Configuration")),
                answer(
                        "error-400-validation",
                        payIn("PAYONE"),
                        400,
                        rejected(
                                RejectionCategory.VALIDATION,
                                null,
                                "Validation failed; amount must not be empty; email must be a valid email")),
                answer(
                        "error-401-unauthorized",
                        payIn("PAYONE"),
                        401,
                        rejected(RejectionCategory.ACCOUNT_AUTH, null, "Unauthorized")),
                answer(
                        "error-generic-shape",
                        payIn("PAYONE"),
                        400,
                        rejected(RejectionCategory.VALIDATION, null, "Error description; Specific validation error")),
                answer(
                        "error-rules-not-matched",
                        payIn("PAYONE"),
                        500,
                        rejected(RejectionCategory.RULE_OR_CONFIGURATION_MISSING, null, "Rules action is not matched")),
                answer(
                        "payin-flexepin-response-400-credentials",
                        payIn("FLEXEPIN"),
                        400,
                        rejected(
                                RejectionCategory.PSP_CREDENTIALS_INVALID,
                                "INVALID_PSP_CREDENTIALS",
                                "Payment could not be processed due to invalid PSP credentials.",
                                TRANSACTION)),
                answer(
                        "payin-flexepin-response-500-internal",
                        payIn("FLEXEPIN"),
                        500,
                        rejected(RejectionCategory.SERVER_ERROR, null, "Internal server error; Something went wrong")),
                answer(
                        "payin-flexepin-response-500-unknown-psp",
                        payIn("FLEXEPIN"),
                        500,
                        rejected(
                                RejectionCategory.PSP_UNKNOWN_ERROR,
                                "UNKNOWN_PSP_ERROR",
                                "An unexpected error occurred. Contact support if it continues.",
                                TRANSACTION)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void a_documented_answer_is_understood_exactly(
            String name, ProviderOperation operation, int status, CashierReading expected) {
        CashierReading reading = CashierAnswer.read(operation, status, "application/json", bytes(name));

        assertThat(reading).isEqualTo(expected);
    }

    static Stream<Arguments> webhooks() {
        return Stream.of(
                Arguments.of(
                        "webhook-payone",
                        new CashierWebhook(
                                CashierWebhook.Shape.Y2026,
                                TRANSACTION,
                                "po-9f3c1a2b4d5e",
                                "000000000000000000000001",
                                "success",
                                TransactionStatus.APPROVED,
                                "Approved",
                                new BigDecimal("10.00"),
                                "10.00",
                                null,
                                null,
                                null)),
                Arguments.of(
                        "webhook-generic",
                        new CashierWebhook(
                                CashierWebhook.Shape.Y2026,
                                TRANSACTION,
                                "HS923856HU",
                                "user_123",
                                "confirmed",
                                TransactionStatus.APPROVED,
                                "Approved",
                                new BigDecimal("100.00"),
                                "100.00",
                                "EUR",
                                "your-internal-ref",
                                null)),
                Arguments.of(
                        "webhook-old-2025",
                        new CashierWebhook(
                                CashierWebhook.Shape.Y2025,
                                "682ec24303242cb8cc00d2f1",
                                null,
                                "67f8bb3ecd2a9fa73b5e963e",
                                "Confirmed",
                                TransactionStatus.UNKNOWN,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("webhooks")
    void a_documented_webhook_is_understood_exactly(String name, CashierWebhook expected) {
        WebhookReading reading = WebhookReading.of(bytes(name));

        assertThat(reading).isEqualTo(expected);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("payin-payone-request-older-eur", payIn("PAYONE")),
                Arguments.of("payout-payone-request-older-eur", payOut("PAYONE")),
                Arguments.of("payin-flexepin-request", payIn("FLEXEPIN")),
                Arguments.of("payin-forumpay-request", payIn("FORUMPAY")),
                Arguments.of("payout-forumpay-request", payOut("FORUMPAY")),
                Arguments.of("payin-neosurf-request", payIn("NEOSURF")),
                Arguments.of("payin-trust-request", payIn("TRUST")),
                Arguments.of("payout-gigadat-eto-request", payOut("GIGADAT")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void the_catalogue_knows_every_field_of_a_documented_request(String name, ProviderOperation operation) {
        List<String> known = operation.fields().stream().map(FieldRule::name).toList();

        List<String> documented = fieldNames(bytes(name));

        assertThat(known).containsAll(documented);
        assertThat(Examples.tree(bytes(name)).path("pspType").asText())
                .isEqualTo(operation.pspType().code());
        assertThat(Examples.tree(bytes(name)).path("type").asText())
                .isEqualTo(operation.operation().name());
    }

    @Test
    void the_built_pay_in_of_payone_has_the_fields_and_the_order_of_its_example() {
        CashierRequest.Result result = CashierRequest.payIn(payIn("PAYONE"), CashierRequestTest.payIn("100.00"));

        byte[] body = ((CashierRequest.Result.Ready) result).request().body();

        assertThat(fieldNames(body)).containsExactlyElementsOf(fieldNames(bytes("payin-payone-request-older-eur")));
    }

    @Test
    void the_user_token_has_the_claims_of_its_example_except_the_unproved_one() {
        List<String> documented = fieldNames(bytes("auth-x-user-token-payload"));

        List<String> ours = Stream.concat(
                        Stream.of("userId"),
                        EligibilityCheck.TOKEN_CLAIMS.stream().map(BuyerField::key))
                .toList();

        assertThat(documented).containsAll(ours);
        assertThat(documented).filteredOn(name -> !ours.contains(name)).containsExactly("emailVerified");
    }

    @ParameterizedTest
    @MethodSource("superseded")
    void a_superseded_request_is_neither_an_answer_nor_a_webhook(String name) {
        CashierReading answer = CashierAnswer.read(payIn("PAYONE"), 200, "application/json", bytes(name));
        WebhookReading webhook = WebhookReading.of(bytes(name));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        CashierReading.Unreadable.class,
                        why -> assertThat(why.code()).isEqualTo("no-known-content"));
        assertThat(webhook)
                .isInstanceOfSatisfying(
                        WebhookReading.Unreadable.class,
                        why -> assertThat(why.code()).isEqualTo("no-transaction-id"));
    }

    static Stream<String> superseded() {
        return Stream.of("payin-old-2025-request", "verify-user-request-old-2025");
    }

    @Test
    void every_documented_message_has_an_expectation_here() throws URISyntaxException {
        File folder = new File(
                Objects.requireNonNull(getClass().getResource("/mozarto")).toURI());
        List<String> files = Arrays.stream(Objects.requireNonNull(folder.list()))
                .map(name -> name.replace(".json", ""))
                .sorted()
                .toList();

        List<String> expected = Stream.of(
                        answers().map(each -> (String) each.get()[0]),
                        webhooks().map(each -> (String) each.get()[0]),
                        requests().map(each -> (String) each.get()[0]),
                        superseded(),
                        Stream.of("auth-x-user-token-payload"))
                .flatMap(names -> names)
                .sorted()
                .toList();

        assertThat(files).isEqualTo(expected);
    }

    @Test
    void neither_page_nor_token_is_printed() {
        CashierReading reading =
                CashierAnswer.read(payIn("GIGADAT"), 200, "application/json", bytes("payin-gigadat-response-200"));

        assertThat(reading.toString()).doesNotContain("token").doesNotContain("http");
    }

    private static List<String> fieldNames(byte[] json) {
        List<String> names = new ArrayList<>();
        Examples.tree(json).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Arguments answer(String name, ProviderOperation operation, int status, CashierReading expected) {
        return Arguments.of(name, operation, status, expected);
    }

    private static CashierReading page(
            String url, List<String> ids, @Nullable String session, @Nullable String amount) {
        return new CashierReading.PageOpened(url, ids, session, null, amount == null ? null : new BigDecimal(amount));
    }

    private static CashierReading accepted(
            List<String> ids, @Nullable String session, @Nullable String amount, boolean held) {
        return new CashierReading.Accepted(ids, session, null, amount == null ? null : new BigDecimal(amount), held);
    }

    private static CashierReading rejected(
            RejectionCategory category, @Nullable String code, String message, String... ids) {
        return new CashierReading.Rejected(category, code, message, List.of(ids));
    }
}
