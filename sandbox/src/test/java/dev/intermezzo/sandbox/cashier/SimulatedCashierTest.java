package dev.intermezzo.sandbox.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.WebhookFault;
import dev.intermezzo.sandbox.web.Listening;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedCashierTest {

    static final String SECRET = "cashier-secret-key";
    private static final String EMAIL = "buyer-1@example.com";
    private static final String GOOD = request("100.00", "CAD", "14165550100");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final SimulatedCashier cashier = SimulatedCashier.start(
            settings(),
            new BackOffice(
                    receiver.address(), URI.create("http://127.0.0.1:8080/return/sandbox-account"), "Bearer hook"),
            InstantSource.system(),
            new Random(1));

    private static CashierSettings settings() {
        CashierSettings usual = CashierSettings.of(0, "company", SECRET);
        return new CashierSettings(
                Listening.onLoopback(0),
                usual.companyToken(),
                usual.secretKey(),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(10),
                List.of(Duration.ofMillis(20), Duration.ofMillis(20)),
                usual.trustPageLifetime(),
                false);
    }

    @AfterEach
    void close() {
        cashier.close();
        receiver.close();
        http.close();
    }

    @Test
    void a_good_request_is_answered_in_the_documented_shape() throws Exception {
        // When
        HttpResponse<String> response = call(GOOD, token());

        // Then
        JsonNode answer = json.readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(names(answer)).isEqualTo(names(example("payin-payone-response-200")));
        assertThat(names(answer.path("data")))
                .isEqualTo(names(example("payin-payone-response-200").path("data")));
        assertThat(response.body()).contains("\"amount\":100.00");
        assertThat(answer.at("/data/redirect_url").asText())
                .isEqualTo(cashier.base() + "/provider/payone/"
                        + answer.at("/data/transactionId").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "100,     CAD, 14165550100, amount must have exactly two decimals",
        "100.0,   CAD, 14165550100, amount must have exactly two decimals",
        "100.000, CAD, 14165550100, amount must have exactly two decimals",
        "100.00,  EUR, 14165550100, currency must be CAD",
        "100.00,  CAD, 12345,       phone must have at least 6 digits",
    })
    void what_pay_one_refuses_is_a_validation_error(String amount, String currency, String phone, String problem)
            throws Exception {
        // When
        HttpResponse<String> response = call(request(amount, currency, phone), token());

        // Then
        JsonNode answer = json.readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(answer.path("message").asText()).isEqualTo("Validation failed");
        assertThat(answer.path("errors")).extracting(JsonNode::asText).contains(problem);
        assertThat(cashier.transactions()).isEmpty();
    }

    @Test
    void the_documented_errors_are_answered_to_the_letter() throws Exception {
        assertThat(json.readTree(call("{}", token()).body())).isEqualTo(example("error-400-missing-field"));
        assertThat(json.readTree(
                        call(GOOD.replace("PAYONE", "NEOSURF"), token()).body()))
                .isEqualTo(example("error-400-psp-config-not-found"));
        assertThat(json.readTree(call(GOOD.replace("PAYIN", "REFUND"), token()).body()))
                .isEqualTo(example("error-rules-not-matched"));
        assertThat(json.readTree(call(GOOD, "").body())).isEqualTo(example("error-401-unauthorized"));
        assertThat(call(GOOD, "no-jwt").statusCode()).isEqualTo(504);
        assertThat(call(GOOD, token() + "x").statusCode()).isEqualTo(401);
    }

    @Test
    void a_pay_out_is_pending_until_its_webhook_and_is_no_pay_in() throws Exception {
        // When
        JsonNode answer =
                json.readTree(call(GOOD.replace("PAYIN", "PAYOUT"), token()).body());

        // Then
        String id = answer.at("/data/transactionId").asText();
        assertThat(answer.at("/data/status").asText()).isEqualTo("PENDING");
        await().untilAsserted(() -> assertThat(cashier.webhookAttempts())
                .extracting(WebhookAttempt::transactionId, WebhookAttempt::status)
                .containsExactly(tuple(id, "Approved")));
        assertThat(cashier.payOuts()).extracting(TransactionSnapshot::id).containsExactly(id);
        assertThat(cashier.transactions()).isEmpty();
    }

    @Test
    void an_approval_sends_the_documented_webhook_until_it_is_taken_and_sends_the_browser_back() throws Exception {
        // Given
        receiver.answerFirst(500);
        JsonNode opened = json.readTree(call(GOOD, token()).body());
        String page = opened.at("/data/redirect_url").asText();

        // When
        HttpResponse<String> pressed = post(URI.create(page + "/approve"), "", "text/plain", "");
        post(URI.create(page + "/decline"), "", "text/plain", "");

        // Then
        assertThat(pressed.statusCode()).isEqualTo(303);
        assertThat(pressed.headers().firstValue("Location")).contains("http://127.0.0.1:8080/return/sandbox-account");
        await().untilAsserted(() -> assertThat(cashier.webhookAttempts())
                .extracting(WebhookAttempt::answered)
                .containsExactly(500, 200));
        JsonNode webhook = json.readTree(receiver.bodies().getLast());
        assertThat(names(webhook)).isEqualTo(names(example("webhook-payone")));
        assertThat(webhook.path("transaction_id")).isEqualTo(opened.at("/data/transactionId"));
        assertThat(webhook.path("transaction_status").asText()).isEqualTo("Approved");
        assertThat(webhook.path("amount").isTextual()).isTrue();
        assertThat(webhook.path("amount").asText()).isEqualTo("100.00");
        assertThat(webhook.path("merchantReference").asText()).isEmpty();
        assertThat(receiver.authorizations()).containsOnly("Bearer hook");
    }

    @Test
    void cancel_says_nothing_to_anybody() throws Exception {
        // Given
        String page = open();

        // When
        HttpResponse<String> pressed = post(URI.create(page + "/cancel"), "", "text/plain", "");

        // Then
        assertThat(pressed.statusCode()).isEqualTo(303);
        assertThat(cashier.transactions())
                .extracting(TransactionSnapshot::status)
                .containsExactly(TransactionStatus.CANCELLED);
        assertThat(cashier.webhookAttempts()).isEmpty();
    }

    @Test
    void two_pages_of_one_buyer_can_both_be_paid() throws Exception {
        // Given
        String first = open();
        String second = open();

        // When
        post(URI.create(first + "/approve"), "", "text/plain", "");
        post(URI.create(second + "/approve"), "", "text/plain", "");

        // Then
        await().until(() -> receiver.bodies().size() == 2);
        assertThat(cashier.transactions())
                .extracting(TransactionSnapshot::status)
                .containsExactly(TransactionStatus.APPROVED, TransactionStatus.APPROVED);
    }

    @Test
    void a_lost_answer_leaves_a_transaction_and_the_next_call_is_answered() throws Exception {
        // Given
        cashier.expect(EMAIL, FaultPlan.of(CallFault.LOST_ANSWER));

        // When / Then
        assertThatThrownBy(() -> call(GOOD, token())).isInstanceOf(IOException.class);
        assertThat(cashier.transactions()).hasSize(1);
        assertThat(call(GOOD, token()).statusCode()).isEqualTo(200);
        assertThat(cashier.calls()).extracting(CashierCall::answered).containsExactly(0, 200);
    }

    @Test
    void a_hanging_call_opens_nothing_and_is_never_answered() {
        // Given
        cashier.expect(EMAIL, FaultPlan.of(CallFault.HANG));

        // When / Then
        assertThatThrownBy(() -> call(GOOD, token())).isInstanceOf(IOException.class);
        assertThat(cashier.transactions()).isEmpty();
        assertThat(cashier.calls()).extracting(CashierCall::answered).containsExactly(0);
    }

    @Test
    void a_planned_500_has_the_documented_shape_and_opens_nothing() throws Exception {
        // Given
        cashier.expect(EMAIL, FaultPlan.of(CallFault.ERROR_500));

        // When
        HttpResponse<String> response = call(GOOD, token());

        // Then
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json.readTree(response.body())).isEqualTo(example("payin-flexepin-response-500-internal"));
        assertThat(cashier.transactions()).isEmpty();
    }

    @Test
    void an_overtaking_webhook_is_taken_before_the_call_is_answered() throws Exception {
        // Given
        cashier.expect(EMAIL, FaultPlan.of(CallFault.WEBHOOK_BEFORE_ANSWER));

        // When
        call(GOOD, token());

        // Then
        CashierCall answered = cashier.calls().getFirst();
        WebhookAttempt webhook = cashier.webhookAttempts().getFirst();
        assertThat(webhook.accepted()).isTrue();
        assertThat(webhook.answeredAt()).isBeforeOrEqualTo(answered.at().plus(answered.took()));
        assertThat(webhook.transactionId()).isEqualTo(answered.transactionId());
    }

    @Test
    void a_buyer_who_paid_before_an_answer_that_was_lost_is_led_to_the_same_page_and_pays_nothing_twice()
            throws Exception {
        // Given
        cashier.expect(EMAIL, FaultPlan.of(CallFault.WEBHOOK_BEFORE_ANSWER));
        HttpResponse<String> first = call(GOOD, token());

        // When
        HttpResponse<String> second = call(GOOD, token());

        // Then
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(cashier.transactions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "DUPLICATE,           Approved:100.00 Approved:100.00 Approved:100.00",
        "REORDERED,           Approved:100.00 Pending:100.00",
        "UNKNOWN_STATUS,      Settling:100.00 Approved:100.00",
        "WRONG_AMOUNT,        Approved:99.99",
        "UNKNOWN_TRANSACTION, Approved:100.00 Approved:100.00",
    })
    void each_webhook_fault_sends_what_it_says(WebhookFault fault, String expected) throws Exception {
        // Given
        cashier.expect(EMAIL, FaultPlan.of(fault));
        List<String> wanted = List.of(expected.split(" ", -1));

        // When
        post(URI.create(open() + "/approve"), "", "text/plain", "");

        // Then
        await().untilAsserted(() -> assertThat(cashier.webhookAttempts())
                .extracting(attempt -> attempt.status() + ":" + attempt.amount())
                .isEqualTo(wanted));
        long unknown = cashier.webhookAttempts().stream()
                .filter(attempt -> cashier.transaction(attempt.transactionId()).isEmpty())
                .count();
        assertThat(unknown).isEqualTo(fault == WebhookFault.UNKNOWN_TRANSACTION ? 1 : 0);
    }

    private String open() throws Exception {
        return json.readTree(call(GOOD, token()).body())
                .at("/data/redirect_url")
                .asText();
    }

    private HttpResponse<String> call(String body, String userToken) throws IOException, InterruptedException {
        return post(URI.create(cashier.base() + "/v1/api/mozarto/cashier"), body, "application/json", userToken);
    }

    private HttpResponse<String> post(URI address, String body, String type, String userToken)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", type)
                .header("Authorization", "Bearer company")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!userToken.isEmpty()) {
            request.header("x-user-token", "Bearer " + userToken);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String request(String amount, String currency, String phone) {
        return """
                {"pspType":"PAYONE","type":"PAYIN","baseamount":%s,"currency":"%s","currencyCode":"CAD",
                 "userId":"user-1","email":"%s","firstName":"Avery","lastName":"Example","phone":"%s"}
                """.formatted(amount, currency, EMAIL, phone);
    }

    static String token() {
        return token("14165550100");
    }

    static String token(String phone) {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String claims = """
                {"userId":"user-1","email":"%s","firstName":"Avery","lastName":"Example","phone":"%s",
                 "countryCode":"CA"}
                """.formatted(EMAIL, phone);
        String signed = url.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + url.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + url.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    private JsonNode example(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(SimulatedCashierTest.class.getResourceAsStream("/mozarto/" + name + ".json"))) {
            return json.readTree(file);
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
