package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sender itself, with a Cashier that would pay whoever asks. */
class CashierClientTest {

    /** {@code {"alg":"HS256"}}, {@code {"userId":"u1"}} and a signature that nobody looks at here. */
    private static final String USER_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJ1MSJ9.c2ln";

    private final CountingCashier cashier = new CountingCashier();
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());
    private final CashierClient client = new CashierClient(http);

    @AfterEach
    void close() {
        http.close();
        cashier.close();
    }

    static Stream<Map<String, String>> sayingNothingOfTheBuyer() {
        return Stream.of(
                Map.of(),
                Map.of("Authorization", "Bearer company"),
                Map.of("x-user-token", ""),
                Map.of("x-user-token", "Bearer "),
                Map.of("x-user-authorization", "Bearer"),
                Map.of("x-user-authorization", " "),
                Map.of("x-user", "Bearer token"));
    }

    @ParameterizedTest
    @MethodSource("sayingNothingOfTheBuyer")
    void a_call_that_says_nothing_of_the_buyer_never_leaves(Map<String, String> headers) {
        assertThat(client.send(call(headers))).isEqualTo(new HttpResult.NotSent("user-context-missing"));
        assertThat(cashier.users()).isEmpty();
    }

    /** A string that is none (Mozarto's own warning), parts that are missing, no base64url, no JSON, nothing said. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "Bearer token",
                "e30.e30",
                "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJ1MSJ9.",
                "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJ1MSJ9.c2ln.c2ln",
                "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJ1MSJ9.c2ln=",
                "eyJhbGciOiJIUzI1NiJ9.dTE.c2ln",
                "dTE.eyJ1c2VySWQiOiJ1MSJ9.c2ln",
                "eyJhbGciOiJub25lIn0.eyJ1c2VySWQiOiJ1MSJ9.c2ln",
                "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
                "Bearer Bearer " + USER_TOKEN
            })
    void a_user_token_that_is_no_jwt_never_leaves(String value) {
        for (Map<String, String> headers : List.of(
                Map.of("x-user-token", value),
                Map.of("X-User-Token", value, "x-user-authorization", "Bearer session"))) {
            assertThat(client.send(call(headers))).isEqualTo(new HttpResult.NotSent("user-token-malformed"));
        }
        assertThat(cashier.users()).isEmpty();
    }

    /** A session token is read by nobody but us: it may be any text. */
    @ParameterizedTest
    @CsvSource({
        "x-user-token, Bearer " + USER_TOKEN,
        "x-user-token, " + USER_TOKEN,
        "X-User-Token, Bearer " + USER_TOKEN,
        "x-user-authorization, Bearer token",
        "X-User-Authorization, token"
    })
    void either_header_is_enough_with_the_word_bearer_or_without(String header, String value) {
        assertThat(client.send(call(Map.of(header, value)))).isInstanceOf(HttpResult.Answered.class);
        assertThat(cashier.users()).containsExactly("u1");
    }

    private HttpCall call(Map<String, String> headers) {
        HttpCall call = HttpCall.postJson(cashier.base(), "{\"userId\":\"u1\"}");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            call = call.withHeader(header.getKey(), header.getValue());
        }
        return call;
    }
}
