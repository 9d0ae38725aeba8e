package dev.intermezzo.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.web.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A private shop's Store API and its notifications, as Mozello's document has them. */
class StoreApiTest {

    private static final String KEY = "MZL-store-testkey";

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Told> heard = new CopyOnWriteArrayList<>();
    private final LoopbackServer gateway = LoopbackServer.start(
            0,
            routes -> routes.config()
                    .post(
                            "/mozello/{integration}/notifications",
                            context -> heard.add(
                                    new Told(context.body(), String.valueOf(context.header("X-Mozello-Hash"))))));
    private final SimulatedShop shop = SimulatedShop.start(
            ShopSettings.of(0, "demo-shop", "MZL-private"), gateway.base(), () -> now, new Random(1));

    private record Told(String body, String hash) {}

    @AfterEach
    void stop() {
        shop.close();
        gateway.close();
        http.close();
    }

    @Test
    void an_order_is_told_by_its_invoice_with_money_as_numbers() {
        shop.openStoreApi(KEY);
        OrderSnapshot order = order();

        HttpResponse<String> answer = ask(order.invoice(), KEY);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode told = json(answer.body());
        assertThat(told.path("order_id").asText()).isEqualTo(order.invoice());
        assertThat(told.path("payment_status").asText()).isEqualTo("pending");
        assertThat(told.path("currency").asText()).isEqualTo("EUR");
        assertThat(told.path("total").isNumber()).isTrue();
        assertThat(told.path("total").decimalValue()).isEqualByComparingTo("149.90");
        assertThat(answer.body()).as("the Store API does not know it").doesNotContain(order.uuid());
    }

    @Test
    void who_has_another_key_or_asks_for_no_order_is_told_so_in_the_hosts_error_shape() {
        OrderSnapshot order = order();
        assertThat(ask(order.invoice(), KEY).statusCode())
                .as("there is no key yet")
                .isEqualTo(401);
        shop.openStoreApi(KEY);

        assertThat(ask(order.invoice(), "MZL-private").statusCode()).isEqualTo(401);
        HttpResponse<String> unknown = ask(order.invoice() + "1", KEY);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown.body()).path("error").asBoolean()).isTrue();
    }

    @Test
    void the_sixth_question_of_a_second_is_one_too_many() {
        shop.openStoreApi(KEY);
        String invoice = order().invoice();

        for (int i = 0; i < 5; i++) {
            assertThat(ask(invoice, KEY).statusCode()).isEqualTo(200);
        }
        assertThat(ask(invoice, KEY).statusCode()).isEqualTo(429);
        now = now.plusSeconds(2);

        assertThat(ask(invoice, KEY).statusCode()).isEqualTo(200);
        assertThat(shop.storeQuestionsTooMany()).isEqualTo(1);
    }

    @Test
    void a_status_set_by_hand_is_told_with_a_hash_over_the_bytes_that_are_sent() {
        shop.openStoreApi(KEY);
        OrderSnapshot order = order();

        shop.setByHand(order.uuid(), PaymentStatus.PAID);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> shop.storeNotifications()
                        .equals(List.of(new StoreNotificationCall(order.uuid(), "paid", 200))));
        assertThat(heard).singleElement().satisfies(told -> {
            assertThat(told.body()).contains("https:\\/\\/");
            assertThat(told.hash())
                    .isEqualTo(new PaymentSignature(KEY).ofBytes(told.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(json(told.body()).path("event").asText()).isEqualTo("PAYMENT_CHANGED");
            assertThat(json(told.body()).path("order").path("payment_status").asText())
                    .isEqualTo("paid");
        });
    }

    private OrderSnapshot order() {
        return shop.newOrder(new BigDecimal("149.90"), "EUR", FaultPlan.NONE);
    }

    private HttpResponse<String> ask(String invoice, String key) {
        URI address = shop.api().resolve("store/order/" + invoice + "/");
        try {
            return http.send(
                    HttpRequest.newBuilder(address)
                            .header("Authorization", "ApiKey " + key)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
