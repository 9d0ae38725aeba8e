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
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mozello's side of a public gateway, as its document has it. */
class PlatformTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final PublicListing LISTING =
            new PublicListing("MZL-P-0-testkey0123456789abcdef", "shop-a", "TEST-secret-of-shop-a");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Webhook> heard = new CopyOnWriteArrayList<>();
    private final SimulatedShop shop = SimulatedShop.start(
            ShopSettings.of(0, "demo-shop", "MZL-private").using(LISTING),
            URI.create("http://127.0.0.1:1"),
            InstantSource.system(),
            new Random(1));
    private final LoopbackServer gateway = LoopbackServer.start(
            0,
            routes -> routes.config().post("/mozello/{event}", context -> {
                Webhook webhook = new Webhook(
                        context.pathParam("event"), context.body(), String.valueOf(context.header("X-Mozello-Hash")));
                heard.add(webhook);
                if (webhook.event().equals("install")) {
                    assertThat(installed(webhook.authCode())).isEqualTo(200);
                }
            }));

    private record Webhook(String event, String body, String hash) {
        String authCode() {
            return json(body).path("authCode").asText();
        }
    }

    @AfterEach
    void stop() {
        gateway.close();
        shop.close();
        http.close();
    }

    @Test
    void the_hash_is_the_one_that_the_official_helper_accepts() {
        // The first webhook case that was observed: compact JSON, raw bytes, standard base64.
        String body = "{\"authCode\":\"12345abcde\",\"fields\":{\"customer_id\":\"1234567890\",\"api_key\":\"*****\","
                + "\"use_3d_secure\":\"0\",\"enable_banklink\":\"0\"}}";

        assertThat(new PaymentSignature("MZL-P-0-testkey0123456789abcdef")
                        .ofBytes(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("epTJgpOUEKX8XJ39xSPJGBEyVICNf3dmrn47I+3Fr28=");
    }

    @Test
    void an_install_is_told_with_fields_and_a_code_that_is_good_while_it_waits() {
        shop.payThrough(gateway.base());

        WebhookCall call = shop.install();

        assertThat(call).isEqualTo(new WebhookCall(200, true));
        assertThat(heard).singleElement().satisfies(webhook -> {
            assertThat(json(webhook.body()).path("fields").path("connection_id").asText())
                    .isEqualTo("shop-a");
            assertThat(webhook.hash())
                    .isEqualTo(new PaymentSignature(LISTING.globalKey())
                            .ofBytes(webhook.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(installed(webhook.authCode())).isEqualTo(401);
        });
    }

    @Test
    void changed_fields_are_told_and_count_from_then_on() {
        shop.payThrough(gateway.base());

        WebhookCall call = shop.enter(LISTING.entering("shop-b", "TEST-other-secret"));

        assertThat(call).isEqualTo(new WebhookCall(200, false));
        assertThat(heard).extracting(Webhook::event).containsExactly("settings");
        OrderSnapshot order = listed();
        assertThat(json(settings(order.uuid(), LISTING.globalKey()).body())
                        .path("fields")
                        .path("connection_id")
                        .asText())
                .isEqualTo("shop-b");
    }

    @Test
    void an_orders_settings_are_told_to_who_has_the_global_key() {
        OrderSnapshot order = listed();

        JsonNode told = json(settings(order.uuid(), LISTING.globalKey()).body());

        assertThat(told.path("error").asBoolean(true)).isFalse();
        assertThat(told.path("meta").path("notify_url").asText()).startsWith(shop.base() + "/notify/");
        assertThat(settings(order.uuid(), "MZL-private").statusCode()).isEqualTo(401);
        assertThat(settings("none", LISTING.globalKey()).statusCode()).isEqualTo(404);
        assertThat(shop.settingsQuestions()).isEqualTo(3);
    }

    @Test
    void a_listed_orders_form_goes_to_the_listing_and_is_signed_with_its_key() {
        SignedForm form = shop.signedForm(listed());

        assertThat(form.action().getPath()).isEqualTo("/mozello/checkout");
        assertThat(new PaymentSignature(LISTING.globalKey()).verify(form.fields()))
                .isTrue();
        assertThat(new PaymentSignature("MZL-private").verify(form.fields())).isFalse();
    }

    private OrderSnapshot listed() {
        return shop.newListedOrder(new BigDecimal("49.00"), "CAD", Buyer.example("buyer@example.com"), FaultPlan.NONE);
    }

    private HttpResponse<String> settings(String order, String key) {
        return send(HttpRequest.newBuilder(shop.api().resolve("payment/payment_settings/"))
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString("order_uuid=" + order + "&api_key=" + key)));
    }

    private int installed(String authCode) {
        return send(HttpRequest.newBuilder(shop.api().resolve("apps/installed/?authcode=" + authCode))
                        .header("Authorization", "ApiKey " + LISTING.globalKey())
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
