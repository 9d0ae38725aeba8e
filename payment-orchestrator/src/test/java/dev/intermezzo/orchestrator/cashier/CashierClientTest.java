package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sender itself, with a Cashier that would pay whoever asks. */
class CashierClientTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"x-user-token", "x-user-authorization", "X-User-Authorization"})
    void either_header_is_enough(String header) {
        assertThat(client.send(call(Map.of(header, "Bearer token")))).isInstanceOf(HttpResult.Answered.class);
        assertThat(cashier.users()).containsExactly("u1");
    }

    @Test
    void a_header_without_the_word_bearer_counts_too() {
        assertThat(client.send(call(Map.of("x-user-token", "token")))).isInstanceOf(HttpResult.Answered.class);
    }

    private HttpCall call(Map<String, String> headers) {
        HttpCall call = HttpCall.postJson(cashier.base(), "{\"userId\":\"u1\"}");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            call = call.withHeader(header.getKey(), header.getValue());
        }
        return call;
    }
}
