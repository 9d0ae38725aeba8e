package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.payIn;
import static dev.intermezzo.partners.mozarto.Examples.payOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CashierAnswerTest {

    private static final String JSON = "application/json";

    /** Each cell of the table of answers: operation, status, body, category. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PAYONE   | 400 | {\"status\":\"error\",\"message\":\"Validation failed\",\"errors\":[\"x\"]}  | VALIDATION",
                "PAYONE   | 422 | {\"message\":\"phone is bad\"}                                              | VALIDATION",
                "PAYONE   | 200 | {\"isSuccess\":false,\"message\":\"Validation failed\",\"errors\":[\"x\"]}   | VALIDATION",
                "PAYONE   | 200 | {\"status\":\"error\",\"errors\":[\"amount must not be empty\"]}             | VALIDATION",
                "FLEXEPIN | 400 | {\"status\":\"error\",\"message\":\"Validation failed\",\"errors\":[\"x\"]}  | VALIDATION",
                "FLEXEPIN | 400 | {\"status\":\"error\",\"message\":\"Voucher already redeemed\",\"data\":{}}  | VOUCHER_REJECTED",
                "NEOSURF  | 200 | {\"status\":\"success\",\"data\":{\"error\":\"refused\",\"errorcode\":\"12\"}} | VOUCHER_REJECTED",
                "NEOSURF  | 400 | {\"data\":{\"errorcode\":12}}                                               | VOUCHER_REJECTED",
                "PAYONE   | 400 | {\"message\":\"Voucher already redeemed\"}                                  | VALIDATION",
                "PAYONE   | 400 | {\"message\":\"Rules action is not matched\"}             | RULE_OR_CONFIGURATION_MISSING",
                "PAYONE   | 200 | {\"isSuccess\":false,\"message\":\"Rules action is not matched\"} | RULE_OR_CONFIGURATION_MISSING",
                "FORUMPAY | 500 | {\"message\":\"Payer ID is required\"}                    | RULE_OR_CONFIGURATION_MISSING",
                "PAYONE   | 400 | {\"message\":\"PSP Configuration not found. More\"}       | RULE_OR_CONFIGURATION_MISSING",
                "PAYONE   | 400 | {\"errorCode\":\"INVALID_PSP_CREDENTIALS\"}               | PSP_CREDENTIALS_INVALID",
                "PAYONE   | 401 | {\"errorCode\":\"INVALID_PSP_CREDENTIALS\"}               | PSP_CREDENTIALS_INVALID",
                "PAYONE   | 401 | {\"message\":\"anything\"}                                | ACCOUNT_AUTH",
                "PAYONE   | 403 | {\"message\":\"password expired\"}                        | ACCOUNT_AUTH",
                "PAYONE   | 200 | {\"isSuccess\":false,\"message\":\"Unauthorized\"}        | ACCOUNT_AUTH",
                "PAYONE   | 429 | {\"message\":\"slow down\"}                               | RATE_LIMITED",
                "PAYONE   | 500 | {\"errorCode\":\"PSP_RATE_LIMITED\"}                      | RATE_LIMITED",
                "PAYONE   | 400 | {\"errorCode\":\"PSP_TIMEOUT\"}                           | PSP_TIMEOUT",
                "PAYONE   | 200 | {\"errorCode\":\"PSP_UNAVAILABLE\",\"status\":\"success\"} | PSP_UNAVAILABLE",
                "PAYONE   | 500 | {\"errorCode\":\"UNKNOWN_PSP_ERROR\"}                     | PSP_UNKNOWN_ERROR",
                "PAYONE   | 400 | {\"errorCode\":\"NEVER_SEEN\"}                            | PSP_UNKNOWN_ERROR",
                "PAYONE   | 400 | {\"data\":{\"errorCode\":\"PSP_TIMEOUT\"}}                | PSP_TIMEOUT",
                "PAYONE   | 400 | {\"message\":\"Something went wrong\",\"data\":\"?\"}     | PSP_UNKNOWN_ERROR",
                "FLEXEPIN | 400 | {\"message\":\"Something went wrong\",\"data\":\"?\"}     | PSP_UNKNOWN_ERROR",
                "PAYONE   | 200 | {\"status\":\"error\",\"message\":\"who knows\"}          | PSP_UNKNOWN_ERROR",
                "PAYONE   | 200 | {\"data\":{\"success\":false,\"redirect_url\":\"https://demo.payonepayment.com/\"}} | PSP_UNKNOWN_ERROR",
                "PAYONE   | 500 | {\"message\":\"Validation failed\"}                       | SERVER_ERROR",
                "PAYONE   | 500 | {}                                                        | SERVER_ERROR",
                "PAYONE   | 504 | {\"message\":\"Gateway Time-out\"}                        | SERVER_ERROR",
                "PAYONE   | 408 | {}                                                        | SERVER_ERROR",
            })
    void each_refusal_has_its_category(String psp, int status, String body, RejectionCategory category) {
        CashierReading reading = read(payIn(psp), status, body);

        assertThat(reading)
                .asInstanceOf(type(CashierReading.Rejected.class))
                .extracting(CashierReading.Rejected::category)
                .isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({"401,ACCOUNT_AUTH", "403,ACCOUNT_AUTH", "429,RATE_LIMITED", "500,SERVER_ERROR", "502,SERVER_ERROR"})
    void a_status_that_speaks_for_itself_needs_no_readable_body(int status, RejectionCategory category) {
        CashierReading reading = CashierAnswer.read(payIn("PAYONE"), status, "text/html", utf8("<html>no</html>"));

        assertThat(reading)
                .asInstanceOf(type(CashierReading.Rejected.class))
                .extracting(CashierReading.Rejected::category)
                .isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "200 | text/html        | <html>ok</html>  | html",
                "400 | -                | <!doctype html>  | html",
                "200 | application/json | ''               | empty",
                "204 | -                | ''               | empty",
                "200 | application/json | {\"a\":          | not-json",
                "200 | application/json | {} {}            | not-json",
                "200 | application/json | [1]              | not-an-object",
                "200 | application/json | \"text\"         | not-an-object",
                "200 | application/json | {}               | no-known-content",
                "302 | application/json | {\"data\":{}}    | redirected",
                "404 | application/json | {\"message\":\"no\"} | unexpected-status",
                "409 | application/json | {\"message\":\"no\"} | unexpected-status",
            })
    void what_proves_nothing_is_unreadable(int status, @Nullable String contentType, String body, String code) {
        CashierReading reading = CashierAnswer.read(payIn("PAYONE"), status, contentType, utf8(body));

        assertThat(reading)
                .asInstanceOf(type(CashierReading.Unreadable.class))
                .extracting(CashierReading.Unreadable::code)
                .isEqualTo(code);
    }

    @Test
    void a_body_of_exactly_the_bound_is_read_and_one_byte_more_is_not() {
        String start = "{\"isSuccess\":true,\"data\":{\"transactionId\":\"t1\"},\"pad\":\"";
        String pad = "x".repeat(CashierAnswer.MAX_BODY_BYTES - start.length() - 2);

        CashierReading full = read(payIn("PAYONE"), 200, start + pad + "\"}");
        CashierReading over = read(payIn("PAYONE"), 200, start + pad + "x\"}");

        assertThat(full).isInstanceOf(CashierReading.Accepted.class);
        assertThat(over)
                .asInstanceOf(type(CashierReading.Unreadable.class))
                .extracting(CashierReading.Unreadable::code)
                .isEqualTo("too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"redirect_url\":\"https://pay.example/1\"}}",
                "{\"data\":{\"url\":\"https://pay.example/1\"}}",
                "{\"data\":{\"paymentUrl\":\"https://pay.example/1\"}}",
                "{\"data\":{\"webflowURL\":\"https://pay.example/1\"}}",
                "{\"data\":{\"redirectUrl\":\"https://pay.example/1\"}}",
                "{\"paymentUrl\":\"https://pay.example/1\"}",
                "{\"data\":{\"data\":{\"url\":\"https://pay.example/1\"}}}",
                "{\"data\":{\"pages\":[{\"url\":\"https://pay.example/1\"}]}}",
                "{\"data\":\"https://pay.example/1\"}",
                "{\"data\":{\"url\":null,\"redirect_url\":\"\",\"paymentUrl\":\"https://pay.example/1\"}}",
            })
    void the_page_is_found_under_any_known_name(String body) {
        CashierReading reading = read(payIn("PAYONE"), 200, body);

        assertThat(reading)
                .asInstanceOf(type(CashierReading.PageOpened.class))
                .extracting(CashierReading.PageOpened::redirectUrl)
                .isEqualTo("https://pay.example/1");
    }

    @Test
    void the_catalogues_own_redirect_field_wins() {
        CashierReading reading = read(
                payIn("PAYONE"),
                200,
                "{\"url\":\"https://a.example/\",\"data\":{\"url\":\"https://b.example/\",\"redirect_url\":\"https://c.example/\"}}");

        assertThat(reading)
                .asInstanceOf(type(CashierReading.PageOpened.class))
                .extracting(CashierReading.PageOpened::redirectUrl)
                .isEqualTo("https://c.example/");
    }

    @Test
    void a_pay_out_never_opens_a_page() {
        CashierReading reading = read(
                payOut("GIGADAT"),
                200,
                "{\"isSuccess\":true,\"message\":\"Added to approvals table\",\"data\":{\"method\":\"AWAITING_APPROVAL\","
                        + "\"webflowURL\":\"https://interac.express-connect.com/x\",\"transactionId\":\"t1\"}}");

        assertThat(reading).isEqualTo(new CashierReading.Accepted(List.of("t1"), null, null, null, true));
    }

    @Test
    void an_asynchronous_provider_is_never_credited_from_its_answer() {
        CashierReading reading = read(
                payIn("PAYONE"),
                200,
                "{\"status\":\"success\",\"data\":{\"transaction_status\":\"Approved\",\"transactionId\":\"t1\"}}");

        assertThat(reading).isEqualTo(new CashierReading.Accepted(List.of("t1"), null, null, null, false));
    }

    @ParameterizedTest
    @CsvSource({"APPROVED,APPROVED", "Declined,DECLINED"})
    void a_synchronous_provider_answers_with_the_outcome(String word, TransactionStatus status) {
        CashierReading reading = read(
                payIn("FLEXEPIN"),
                200,
                "{\"isSuccess\":true,\"data\":{\"status\":\"" + word
                        + "\",\"transactionId\":\"t1\",\"amount\":\"25.00\"}}");

        assertThat(reading)
                .isEqualTo(new CashierReading.SynchronousOutcome(status, List.of("t1"), null, new BigDecimal("25.00")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved ", "APPROVED!", "success", "confirmed"})
    void a_synchronous_status_that_is_not_the_exact_word_is_pending(String word) {
        CashierReading reading = read(
                payIn("FLEXEPIN"),
                200,
                "{\"isSuccess\":true,\"data\":{\"status\":\"" + word + "\",\"transactionId\":\"t1\"}}");

        assertThat(reading).isInstanceOf(CashierReading.Accepted.class);
    }

    @Test
    void every_id_is_kept_with_the_most_certain_first_and_without_repeats() {
        CashierReading reading = read(
                payIn("PAYONE"),
                200,
                "{\"data\":{\"reference_no\":\"r1\",\"databaseTransactionId\":\"d1\",\"transactionId\":\"t1\","
                        + "\"data\":{\"transaction_id\":\"t1\",\"transactionId\":42}},\"transactionId\":\"bad id\"}");

        assertThat(reading)
                .asInstanceOf(type(CashierReading.Accepted.class))
                .extracting(CashierReading.Accepted::transactionIds)
                .isEqualTo(List.of("t1", "42", "d1", "r1"));
    }

    @Test
    void an_amount_of_a_thousand_million_digits_costs_nothing_and_is_no_amount() {
        CashierReading reading = read(
                payIn("PAYONE"),
                200,
                "{\"isSuccess\":true,\"data\":{\"transactionId\":\"t1\",\"amount\":1e999999999}}");

        assertThat(reading).isEqualTo(new CashierReading.Accepted(List.of("t1"), null, null, null, false));
    }

    @Property(tries = 2_000)
    void arbitrary_bytes_are_always_read(@ForAll byte[] body, @ForAll @IntRange(min = 100, max = 599) int status) {
        CashierReading reading = CashierAnswer.read(payIn("PAYONE"), status, null, body);

        assertThat(reading).isNotNull();
    }

    @Property(tries = 3_000)
    void arbitrary_json_is_always_read_and_success_is_never_invented(
            @ForAll("jsonObjects") String body, @ForAll @IntRange(min = 200, max = 599) int status) {
        CashierReading reading = read(payIn("FLEXEPIN"), status, body);

        boolean success = reading instanceof CashierReading.PageOpened
                || reading instanceof CashierReading.Accepted
                || reading instanceof CashierReading.SynchronousOutcome;
        assertThat(success).isEqualTo(success && status < 300);
        assertThat(reading.toString()).isNotEmpty();
    }

    @Provide
    Arbitrary<String> jsonObjects() {
        return JsonTexts.objects(
                "status",
                "message",
                "isSuccess",
                "data",
                "errors",
                "errorCode",
                "transactionId",
                "sessionId",
                "url",
                "redirect_url",
                "amount",
                "error",
                "success",
                "method",
                "transaction_status",
                "merchantReference");
    }

    @Property(tries = 500)
    void a_truncated_answer_never_opens_a_page(@ForAll @IntRange(min = 0, max = 360) int length) {
        byte[] whole = Examples.bytes("payin-payone-response-200");
        byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length - 3));

        CashierReading reading = CashierAnswer.read(payIn("PAYONE"), 200, JSON, cut);

        assertThat(reading).isInstanceOf(CashierReading.Unreadable.class);
    }

    private static CashierReading read(ProviderOperation operation, int status, String body) {
        return CashierAnswer.read(operation, status, JSON, utf8(body));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
