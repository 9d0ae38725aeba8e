package dev.intermezzo.sandbox.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.web.Listening;
import dev.intermezzo.sandbox.web.LoopbackServer;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls with {@code x-user-authorization}: the company is asked before anything is routed. */
class BuyerSessionTest {

    private static final String EMAIL = "session-buyer@example.com";
    private static final URI BACK = URI.create("http://127.0.0.1:8080/return/other");
    private static final String USER = """
            {"userId":"user-1","email":"%s","firstName":"Avery","lastName":"Example","phone":"%s","countryCode":"CA"}""";

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final LoopbackServer merchant =
            LoopbackServer.start(0, routes -> routes.config().post("/users", this::verify));
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedCashier cashier = SimulatedCashier.start(
            settings(),
            new BackOffice(URI.create("http://127.0.0.1:9/"), BACK, null),
            InstantSource.system(),
            new Random(1));
    private volatile int status = 200;
    private volatile String user = USER.formatted(EMAIL, "14165550100");

    @AfterEach
    void close() {
        cashier.close();
        merchant.close();
        receiver.close();
        http.close();
    }

    @Test
    void the_company_is_asked_with_the_session_and_the_call_is_taken() throws Exception {
        admit();

        HttpResponse<String> answer = call("other", "session-1");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(asked).containsExactly("Bearer session-1 {\"userId\":\"user-1\"}");
        assertThat(cashier.verifiedSessions()).isEqualTo(1);
        assertThat(cashier.transactions()).hasSize(1);
    }

    @Test
    void the_user_may_be_described_in_the_answers_data_and_what_is_said_counts() throws Exception {
        admit();
        user = "{\"status\":\"success\",\"data\":" + USER.formatted(EMAIL, "+44 1234") + "}";

        HttpResponse<String> answer = call("other", "session-1", gigadat());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("phone");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 500})
    void a_session_that_the_company_does_not_vouch_for_is_refused(int answered) throws Exception {
        admit();
        status = answered;

        assertThat(call("other", "session-1").statusCode()).isEqualTo(401);
        assertThat(cashier.transactions()).isEmpty();
    }

    @Test
    void a_company_that_named_no_address_cannot_send_sessions_and_neither_header_is_refused() throws Exception {
        assertThat(call("company", "session-1").statusCode()).isEqualTo(401);
        assertThat(call("company", "").statusCode()).isEqualTo(401);
        assertThat(call("nobody", "session-1").statusCode()).isEqualTo(401);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_verification_that_hangs_opens_nothing_and_the_next_call_is_taken() throws Exception {
        admit();
        cashier.expect(EMAIL, FaultPlan.of(CallFault.VERIFICATION_HANG));

        assertThat(answered("other", "session-1")).isFalse();
        assertThat(cashier.transactions()).isEmpty();
        assertThat(cashier.calls()).extracting(CashierCall::fault).containsExactly(CallFault.VERIFICATION_HANG);

        assertThat(call("other", "session-2").statusCode()).isEqualTo(200);
        assertThat(cashier.transactions()).hasSize(1);
    }

    @Test
    void each_companys_outcomes_go_to_its_own_address_and_its_buyers_to_its_own_site() throws Exception {
        admit();
        call("other", "session-1");
        URI page = URI.create(cashier.base() + "/provider/payone/"
                + cashier.transactions().getFirst().id());

        HttpResponse<String> pressed = http.send(
                HttpRequest.newBuilder(URI.create(page + "/approve"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(pressed.headers().firstValue("Location")).contains(BACK + "-site");
        assertThat(cashier.siteUrlOf(page)).contains(URI.create(BACK + "-site"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> cashier.webhookAttempts().stream().anyMatch(WebhookAttempt::accepted));
    }

    private void admit() {
        cashier.admit(
                "other",
                "a secret key of its own",
                new BackOffice(
                        receiver.address(), URI.create(BACK + "-site"), null, URI.create(merchant.base() + "/users")));
    }

    private void verify(Context context) {
        asked.add(context.header("Authorization") + " " + context.body());
        context.status(status).contentType("application/json").result(user);
    }

    private boolean answered(String company, String session) throws InterruptedException {
        try {
            call(company, session);
            return true;
        } catch (IOException dropped) {
            return false;
        }
    }

    private HttpResponse<String> call(String company, String session) throws IOException, InterruptedException {
        return call(company, session, """
                {"pspType":"PAYONE","type":"PAYIN","baseamount":100.00,"currency":"CAD","currencyCode":"CAD",
                 "userId":"user-1","email":"%s","firstName":"Avery","lastName":"Example","phone":"14165550100"}""".formatted(EMAIL));
    }

    private static String gigadat() {
        return """
                {"pspType":"GIGADAT","type":"PAYIN","name":"Avery Example","email":"%s","phone":"14165550100",
                 "baseamount":100.00,"userIp":"192.0.2.1","userId":"user-1","currency":"CAD"}""".formatted(EMAIL);
    }

    private HttpResponse<String> call(String company, String session, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cashier.base() + "/v1/api/mozarto/cashier"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + company)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!session.isEmpty()) {
            request.header("x-user-authorization", "Bearer " + session);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static CashierSettings settings() {
        CashierSettings usual = CashierSettings.of(0, "company", SimulatedCashierTest.SECRET);
        return new CashierSettings(
                Listening.onLoopback(0),
                usual.companyToken(),
                usual.secretKey(),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofMillis(10),
                List.of(Duration.ofMillis(20)),
                usual.trustPageLifetime(),
                false);
    }
}
