package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mozarto hands a session token back and asks who that is. */
@ExtendWith(World.Shared.class)
class UserVerificationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TAIL = "/api/v1/mozarto/verify-user";
    private static final String WHO = "{\"userId\":\"" + Sessions.USER + "\"}";
    private static final String DESCRIBED = """
            {"userId":"bSomebody","email":"anna@example.com","firstName":"Anna","lastName":"Example",\
            "phone":"14165550142","countryCode":"CA"}""";
    private static final Duration LIFETIME = Duration.ofMinutes(20);

    private final World world;

    UserVerificationTest(World world) {
        this.world = world;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", TAIL})
    void a_session_of_ours_is_answered_with_the_documented_fields(String tail) throws JsonProcessingException {
        HttpResponse<String> answer = ask(address() + tail, session(), WHO);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree(DESCRIBED));
    }

    @Test
    void an_installation_may_describe_the_user_in_data(EmbeddedBroker broker) throws JsonProcessingException {
        try (World wrapped = new World(broker, Map.of("ingress.verified-user", "data"))) {
            String session = Sessions.header(wrapped.keys, TestMerchants.ACCOUNT, LIFETIME);

            HttpResponse<String> answer =
                    wrapped.http.post(address(), "application/json", WHO, "Authorization", session);

            assertThat(JSON.readTree(answer.body()))
                    .isEqualTo(JSON.readTree("{\"status\":\"success\",\"isSuccess\":true,\"data\":" + DESCRIBED + "}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"userId\":null}", "no JSON", "[1]", "{\"userId\":\"bSomebody\",\"more\":{}}"})
    void the_token_says_who_it_is_where_the_body_names_nobody_else(String body) {
        assertThat(ask(address(), session(), body).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"userId\":\"bOther\"}",
                "{\"userId\":1}",
                "{\"userId\":true}",
                "{\"userId\":{}}",
                "{\"userId\":\"\"}"
            })
    void a_body_that_names_another_user_is_refused(String body) {
        int before = counted("user-differs");

        HttpResponse<String> answer = ask(address(), session(), body);

        assertRefused(answer, 403, "user-differs");
        assertThat(counted("user-differs")).isEqualTo(before + 1);
    }

    @Test
    void a_session_of_another_account_or_installation_or_of_former_days_is_refused() {
        String expired = Sessions.header(world.keys, TestMerchants.ACCOUNT, Duration.ofSeconds(-1));
        int expiredBefore = counted("token-expired");

        assertRefused(ask(address(), expired, WHO), 401, "user-not-verified");
        assertRefused(
                ask(address(), Sessions.header(world.keys, TestMerchants.EURO_ACCOUNT, LIFETIME), WHO),
                401,
                "user-not-verified");
        assertRefused(
                ask(address(), Sessions.header(SealingKeys.generate(), TestMerchants.ACCOUNT, LIFETIME), WHO),
                401,
                "user-not-verified");
        assertThat(counted("token-expired")).isEqualTo(expiredBefore + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Bearer ....", "Basic YTpi"})
    void what_is_no_session_is_refused(String authorization) {
        assertRefused(ask(address(), authorization, WHO), 401, "user-not-verified");
    }

    @Test
    void a_question_without_a_session_is_refused() {
        assertRefused(world.http.post(address(), "application/json", WHO), 401, "user-not-verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer Bearer ", "bearer ", "Bearer   ", ""})
    void the_word_bearer_may_come_in_any_way(String prefix) {
        String token = session().substring("Bearer ".length());

        assertThat(ask(address(), prefix + token, WHO).statusCode()).isEqualTo(200);
    }

    @Test
    void the_address_is_a_secret_of_the_account() {
        int before = counted("address-unknown");

        for (String path : new String[] {
            "/mozarto/" + TestMerchants.ACCOUNT + "/users/" + "x".repeat(43),
            "/mozarto/nobody/users/" + TestMerchants.WEBHOOK_TOKEN,
            "/mozarto/No%20Account/users/" + TestMerchants.WEBHOOK_TOKEN
        }) {
            assertRefused(ask(path, session(), WHO), 401, "user-not-verified");
        }
        assertThat(counted("address-unknown")).isEqualTo(before + 3);
    }

    @Test
    void the_webhooks_authorization_secret_is_not_asked_for_where_the_session_stands_in_its_place() {
        String session = Sessions.header(world.keys, TestMerchants.GUARDED_ACCOUNT, LIFETIME);

        assertThat(ask(
                                "/mozarto/" + TestMerchants.GUARDED_ACCOUNT + "/users/" + TestMerchants.WEBHOOK_TOKEN,
                                session,
                                WHO)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void too_large_a_body_or_token_is_refused() {
        assertRefused(ask(address(), session(), "{\"userId\":\"" + "x".repeat(5_000) + "\"}"), 413, "body-too-large");
        assertRefused(
                ask(address(), "Bearer " + "A".repeat(SessionTokens.MAX_CHARACTERS + 1), WHO),
                401,
                "user-not-verified");
    }

    private static String address() {
        return "/mozarto/" + TestMerchants.ACCOUNT + "/users/" + TestMerchants.WEBHOOK_TOKEN;
    }

    private String session() {
        return Sessions.header(world.keys, TestMerchants.ACCOUNT, LIFETIME);
    }

    private HttpResponse<String> ask(String path, String authorization, String body) {
        return world.http.post(path, "application/json", body, "Authorization", authorization);
    }

    private int counted(String outcome) {
        return world.measured("intermezzo.ingress.user.verifications", "outcome", outcome);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"")
                .doesNotContain("detail", "anna@example.com", Sessions.USER);
    }
}
