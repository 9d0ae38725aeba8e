package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.NotSent;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import dev.intermezzo.schemas.avro.TransactionStatus;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From the bytes of an answer to the fact that is reported: the left column of the table in payments, "Calling the
 * Cashier". What each fact means is the state machine's (CashierAnswerTest, RedemptionAnswerTest, RefundTest).
 */
class AnswerReaderTest {
    private static final SealingKeys KEYS = SealingKeys.generate();

    private final AnswerReader reader = new AnswerReader(new RedirectSealer(KEYS), false);

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"message\":\"Validation failed\"}          | VALIDATION",
                "400 | {\"message\":\"Rules action is not matched\"} | RULE_OR_CONFIGURATION_MISSING",
                "500 | {\"message\":\"Payer ID is required\"}       | RULE_OR_CONFIGURATION_MISSING",
                "400 | {\"errorCode\":\"INVALID_PSP_CREDENTIALS\"}  | PSP_CREDENTIALS_INVALID",
                "401 | {\"message\":\"Unauthorized\"}               | ACCOUNT_AUTHENTICATION",
                "403 | {\"message\":\"Forbidden\"}                  | ACCOUNT_AUTHENTICATION",
                "429 | {\"message\":\"slow down\"}                  | RATE_LIMITED",
                "400 | {\"errorCode\":\"PSP_RATE_LIMITED\"}         | RATE_LIMITED",
            })
    void what_the_cashier_refuses_is_reported_with_its_category(int status, String body, RejectionCategory category) {
        for (CashierCommand command : List.of(page("PAYONE"), page("FORUMPAY"), page("TRUST"), payOut())) {
            assertThat(read(command, answered(status, body)))
                    .as(command.getProvider())
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.getCategory()).isEqualTo(category));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"errorCode\":\"PSP_TIMEOUT\"}",
                "400 | {\"errorCode\":\"PSP_UNAVAILABLE\"}",
                "500 | {\"errorCode\":\"UNKNOWN_PSP_ERROR\"}",
                "400 | {\"errorCode\":\"NEVER_SEEN\"}",
                "500 | {}",
                "502 | <html>Bad gateway</html>",
                "504 | {\"message\":\"Gateway Time-out\"}",
                "200 | <html>maintenance</html>",
                "200 | {\"data\":",
                "404 | {\"message\":\"no\"}",
            })
    void what_leaves_a_doubt_is_reported_as_a_lost_answer_and_never_as_a_refusal(int status, String body) {
        for (CashierCommand command : List.of(page("PAYONE"), page("FORUMPAY"), page("TRUST"), payOut())) {
            assertThat(read(command, answered(status, body)))
                    .as(command.getProvider())
                    .isInstanceOf(AnswerLost.class);
        }
    }

    @Test
    void a_doubtful_answer_keeps_the_transaction_that_it_names() {
        assertThat(read(
                        page("PAYONE"),
                        answered(400, "{\"errorCode\":\"PSP_TIMEOUT\",\"data\":{\"transactionId\":\"tx-1\"}}")))
                .isInstanceOfSatisfying(
                        AnswerLost.class,
                        lost -> assertThat(lost.getTransactionIds()).containsExactly("tx-1"));
    }

    @Test
    void only_a_call_of_which_no_byte_left_is_reported_as_not_sent() {
        assertThat(read(page("PAYONE"), new HttpResult.NotSent("connect-failed")))
                .isEqualTo(new NotSent("connect-failed"));
        assertThat(read(payOut(), new HttpResult.NotSent("tls-failed"))).isEqualTo(new NotSent("tls-failed"));
        assertThat(read(payOut(), new HttpResult.AnswerLost("deadline")))
                .isEqualTo(new AnswerLost("deadline", List.of()));
    }

    @Test
    void a_claim_whose_time_was_over_before_the_first_byte_was_not_executed() {
        assertThat(read(payOut(), new HttpResult.NotSent("too-late"))).isEqualTo(new NotExecuted("claim-expired"));
    }

    @Test
    void a_call_that_the_last_step_refused_was_not_executed() {
        for (CashierCommand command : List.of(page("PAYONE"), payOut())) {
            for (String code : List.of("user-context-missing", "user-token-malformed")) {
                assertThat(read(command, new HttpResult.NotSent(code))).isEqualTo(new NotExecuted(code));
            }
        }
    }

    @Test
    void a_page_on_a_listed_host_is_handed_out_sealed() {
        SpecificRecordBase fact = read(page("PAYONE"), pageAt("https://demo.payonepayment.com/pay/1"));

        assertThat(fact).isInstanceOfSatisfying(PageOpened.class, opened -> {
            assertThat(opened.getTransactionIds()).containsExactly("tx-1");
            assertThat(opened.toString()).doesNotContain("payonepayment");
        });
    }

    @ParameterizedTest
    @CsvSource({"https://elsewhere.example/pay/1", "http://demo.payonepayment.com/pay/1", "https://127.0.0.1/pay/1"})
    void a_page_anywhere_else_counts_as_a_lost_answer_and_keeps_its_transaction(String address) {
        assertThat(read(page("PAYONE"), pageAt(address)))
                .isInstanceOfSatisfying(
                        AnswerLost.class,
                        lost -> assertThat(lost.getTransactionIds()).containsExactly("tx-1"));
    }

    @ParameterizedTest
    @CsvSource({"Added to approvals table", "On hold"})
    void a_pay_out_that_waits_for_somebody_is_pending(String message) {
        assertThat(read(
                        payOut(),
                        answered(
                                200,
                                "{\"isSuccess\":true,\"message\":\"" + message
                                        + "\",\"data\":{\"transactionId\":\"po-1\"}}")))
                .isInstanceOfSatisfying(AnsweredAtOnce.class, answer -> {
                    assertThat(answer.getStatus()).isEqualTo(TransactionStatus.PENDING);
                    assertThat(answer.getTransactionIds()).containsExactly("po-1");
                });
    }

    @Test
    void a_voucher_that_was_redeemed_is_the_money_that_was_asked_for() {
        assertThat(read(page("FLEXEPIN"), answered(200, "{\"isSuccess\":true,\"data\":{\"status\":\"Approved\"}}")))
                .isEqualTo(new AnsweredAtOnce(TransactionStatus.APPROVED, List.of(), new BigDecimal("10.00"), "CAD"));
    }

    @Test
    void an_amount_that_a_redemption_names_is_told_as_it_is() {
        assertThat(read(
                        page("FLEXEPIN"),
                        answered(
                                200, "{\"data\":{\"status\":\"Approved\",\"transactionId\":\"t-1\",\"amount\":9.99}}")))
                .isEqualTo(
                        new AnsweredAtOnce(TransactionStatus.APPROVED, List.of("t-1"), new BigDecimal("9.99"), "CAD"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"10.000001", "\"ten\"", "\"10,00\""})
    void an_amount_that_cannot_be_read_is_not_taken_for_the_one_that_was_asked_for(String amount) {
        assertThat(read(
                        page("FLEXEPIN"),
                        answered(
                                200,
                                "{\"isSuccess\":true,\"data\":{\"status\":\"Approved\",\"amount\":" + amount + "}}")))
                .isEqualTo(new AnswerLost("answer-not-final", List.of()));
    }

    /** The one answer that the documents show: older, and pending, from a provider that sends no webhook. */
    @Test
    void a_redemption_whose_answer_is_no_outcome_leaves_a_doubt() {
        assertThat(read(
                        page("FLEXEPIN"),
                        answered(
                                200,
                                "{\"status\":\"success\",\"isSuccess\":true,\"data\":{\"status\":\"PENDING\","
                                        + "\"sessionId\":\"60a74038-5b94-427e-8cff-abc123\"}}")))
                .isEqualTo(new AnswerLost("answer-not-final", List.of("60a74038-5b94-427e-8cff-abc123")));
    }

    @Test
    void a_voucher_is_refused_without_a_code_and_its_provider_with_one() {
        assertThat(read(
                        page("FLEXEPIN"),
                        answered(400, "{\"status\":\"error\",\"message\":\"Voucher already redeemed\"}")))
                .isEqualTo(new Rejected(RejectionCategory.VOUCHER_REJECTED, "VOUCHER_REJECTED", List.of()));
        assertThat(read(page("FLEXEPIN"), answered(400, "{\"errorCode\":\"INVALID_PSP_CREDENTIALS\"}")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.getCategory())
                                .isEqualTo(RejectionCategory.PSP_CREDENTIALS_INVALID));
    }

    private SpecificRecordBase read(CashierCommand command, HttpResult result) {
        Operation operation = command.getBody() instanceof PayOut ? Operation.PAYOUT : Operation.PAYIN;
        Preparation.Ready prepared = new Preparation.Ready(
                HttpCall.postJson(URI.create("https://cashier.example.com"), "{}"),
                ProviderCatalogue.bundled()
                        .operation(new PspType(command.getProvider()), operation)
                        .orElseThrow(),
                new AccountSettings(Set.of(), Map.of(), List.of()),
                null);
        return reader.read(command, prepared, result);
    }

    private static HttpResult pageAt(String address) {
        return answered(
                200,
                "{\"status\":\"success\",\"data\":{\"redirect_url\":\"" + address + "\",\"transactionId\":\"tx-1\"}}");
    }

    private static HttpResult answered(int status, String body) {
        return new HttpResult.Answered(
                status,
                Map.of("content-type", body.startsWith("<") ? "text/html" : "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                false);
    }

    private static CashierCommand page(String provider) {
        return command(provider, 1, new OpenPage((String) null));
    }

    private static CashierCommand payOut() {
        return command("PAYONE", 9, new PayOut("refund r1", null));
    }

    private static CashierCommand command(String provider, int attempt, Object body) {
        String payment = "shop~0d4f9d1e-5a3b-4f0c-9c55-0a1b2c3d4e5f";
        return CashierCommand.newBuilder()
                .setId(payment + "#1.1")
                .setPaymentId(payment)
                .setMerchantId("merchant")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setAttempt(attempt)
                .setProvider(provider)
                .setAccount("account")
                .setAmount(new Money(new BigDecimal("10.00"), "CAD"))
                .setSettings(List.of())
                .setUserIdPerAttempt(false)
                .setNotAfter(Instant.EPOCH)
                .setBuyer(List.of())
                .setBuyerKeys(List.of())
                .setBody(body)
                .build();
    }
}
