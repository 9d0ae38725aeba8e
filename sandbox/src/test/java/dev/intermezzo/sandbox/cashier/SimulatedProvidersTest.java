package dev.intermezzo.sandbox.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sets ForumPay and Trust apart from PayOne at the simulated Cashier. */
class SimulatedProvidersTest {

    private static final String STATIC_RETURN = "http://127.0.0.1:8080/return/sandbox-account";
    private static final String FORUMPAY = """
            {"pspType":"FORUMPAY","type":"PAYIN","isTestMode":true,"baseamount":10.00,"currency":"EUR",
             "userId":"user-1","email":"buyer-1@example.com","country":"LV"}
            """;
    private static final String TRUST = """
            {"pspType":"TRUST","type":"PAYIN","currency":"EUR","baseamount":10.00,"merchantReference":"ref-1",
             "userId":"user-1","phone":"+37120000000","hppSuccessUrl":"http://127.0.0.1:8080/return/token-s",
             "hppFailureUrl":"http://127.0.0.1:8080/return/token-f"}
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final SimulatedCashier cashier = SimulatedCashier.start(
            CashierSettings.of(0, "company", SimulatedCashierTest.SECRET).withTrustPageLifetime(Duration.ofMinutes(5)),
            new BackOffice(receiver.address(), URI.create(STATIC_RETURN), null),
            now::get,
            new Random(1));

    @AfterEach
    void close() {
        cashier.close();
        receiver.close();
        http.close();
    }

    @Test
    void forumpay_names_its_page_and_no_transaction() throws Exception {
        JsonNode data = opened(FORUMPAY);

        assertThat(names(data)).containsExactly("status", "url", "sessionId");
        assertThat(data.path("url").asText()).startsWith(cashier.base() + "/provider/forumpay/");
    }

    @Test
    void forumpays_webhook_has_the_currency_and_leads_back_by_the_user_id_alone() throws Exception {
        URI page = URI.create(opened(FORUMPAY).path("url").asText());

        HttpResponse<String> pressed = press(page, "approve");

        assertThat(pressed.headers().firstValue("Location")).contains(STATIC_RETURN);
        JsonNode webhook = webhook();
        assertThat(webhook.path("user_id").asText()).isEqualTo("user-1");
        assertThat(webhook.path("currency").asText()).isEqualTo("EUR");
        assertThat(webhook.path("status").asText()).isEqualTo("confirmed");
        assertThat(webhook.path("merchantReference").asText()).isEmpty();
    }

    @Test
    void trust_names_page_transaction_and_reference_and_echoes_the_reference() throws Exception {
        JsonNode data = opened(TRUST);
        press(URI.create(data.path("paymentUrl").asText()), "approve");

        assertThat(names(data)).containsExactly("paymentUrl", "transactionId", "merchantReference", "amount");
        assertThat(webhook().path("merchantReference").asText()).isEqualTo("ref-1");
        assertThat(webhook().path("transaction_id").asText())
                .isEqualTo(data.path("transactionId").asText());
    }

    @ParameterizedTest
    @CsvSource({"approve,token-s", "decline,token-f", "cancel,token-f"})
    void trust_sends_the_buyer_back_to_the_requests_own_addresses(String button, String token) throws Exception {
        URI page = URI.create(opened(TRUST).path("paymentUrl").asText());

        assertThat(press(page, button).headers().firstValue("Location"))
                .contains("http://127.0.0.1:8080/return/" + token);
    }

    @Test
    void without_addresses_in_the_request_trust_uses_the_back_offices() throws Exception {
        String without = TRUST.replaceAll(",\\s*\"hpp[A-Za-z]+\":\"[^\"]*\"", "");
        URI page = URI.create(opened(without).path("paymentUrl").asText());

        assertThat(press(page, "approve").headers().firstValue("Location")).contains(STATIC_RETURN);
    }

    @Test
    void trusts_page_opens_once() throws Exception {
        URI page = URI.create(opened(TRUST).path("paymentUrl").asText());

        assertThat(get(page).statusCode()).isEqualTo(200);
        assertThat(get(page).statusCode()).isEqualTo(410);
        assertThat(press(page, "approve").statusCode()).isEqualTo(303);
    }

    @Test
    void trusts_page_ends_with_its_lifetime_and_takes_no_button_any_more() throws Exception {
        URI page = URI.create(opened(TRUST).path("paymentUrl").asText());
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));

        assertThat(get(page).statusCode()).isEqualTo(410);
        assertThat(press(page, "approve").statusCode()).isEqualTo(410);
        assertThat(cashier.transactions())
                .extracting(TransactionSnapshot::status)
                .containsExactly(TransactionStatus.PENDING);
        assertThat(cashier.webhookAttempts()).isEmpty();
    }

    @Test
    void the_pages_of_the_others_open_as_often_as_one_likes() throws Exception {
        URI page = URI.create(opened(FORUMPAY).path("url").asText());
        now.updateAndGet(time -> time.plus(Duration.ofHours(5)));

        assertThat(get(page).statusCode()).isEqualTo(200);
        assertThat(get(page).statusCode()).isEqualTo(200);
    }

    @Test
    void a_page_is_not_found_under_another_providers_address() throws Exception {
        String page = opened(FORUMPAY).path("url").asText();

        assertThat(get(URI.create(page.replace("forumpay", "trust"))).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FORUMPAY | \"country\":\"LV\" | \"country\":\"lv\" | country must be a country code",
                "FORUMPAY | 10.00 | 10 | amount must have exactly two decimals",
                "FORUMPAY | buyer-1@example.com | nobody | email must be a valid email",
                "TRUST | \"userId\":\"user-1\" | \"userId\":\"\" | userId must not be empty",
                "TRUST | \"phone\":\"+37120000000\" | \"pan\":\"4111\" | pan must not be sent",
                "TRUST | EUR | euro | currency must be a currency code",
            })
    void what_they_refuse_is_a_validation_error(String psp, String part, String other, String problem)
            throws Exception {
        String request = psp.equals("TRUST") ? TRUST : FORUMPAY;
        assertThat(request).contains(part);

        HttpResponse<String> response = call(request.replace(part, other));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json.readTree(response.body()).path("errors"))
                .extracting(JsonNode::asText)
                .containsExactly(problem);
    }

    private JsonNode opened(String request) throws IOException, InterruptedException {
        HttpResponse<String> response = call(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body()).path("data");
    }

    private JsonNode webhook() throws IOException {
        await().until(() -> !receiver.bodies().isEmpty());
        return json.readTree(receiver.bodies().getFirst());
    }

    private HttpResponse<String> call(String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(cashier.base() + "/v1/api/mozarto/cashier"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer company")
                .header("x-user-token", "Bearer " + SimulatedCashierTest.token())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> press(URI page, String button) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(page + "/" + button)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(page).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
