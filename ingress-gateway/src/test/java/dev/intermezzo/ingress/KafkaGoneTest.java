package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KafkaGoneTest {

    @Test
    void what_is_not_durable_in_time_is_answered_503_and_never_claimed_to_be_taken() {
        EmbeddedBroker broker = EmbeddedBroker.temporary();
        try (World world = new World(broker, Map.of())) {
            broker.close();

            HttpResponse<String> checkout = within(
                    Duration.ofSeconds(4),
                    () -> world.http.checkout(TestMerchants.SHOP, Order.fresh().signed()));
            HttpResponse<String> webhook = within(
                    Duration.ofSeconds(4),
                    () -> world.http.post(
                            "/mozarto/sandbox-account/webhooks/" + TestMerchants.WEBHOOK_TOKEN,
                            "application/json",
                            "{\"transaction_id\":\"tx-1\",\"transaction_status\":\"Approved\"}"));

            assertThat(checkout.statusCode()).isEqualTo(503);
            assertThat(checkout.headers().firstValue("Retry-After")).isPresent();
            assertThat(checkout.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(webhook.statusCode()).isEqualTo(503);
            assertThat(webhook.body()).contains("not-durable");
        } finally {
            broker.close();
        }
    }

    private static HttpResponse<String> within(Duration most, Supplier<HttpResponse<String>> request) {
        long start = System.nanoTime();
        HttpResponse<String> answer = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most);
        return answer;
    }
}
