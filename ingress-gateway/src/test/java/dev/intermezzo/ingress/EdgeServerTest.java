package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(World.Shared.class)
class EdgeServerTest {

    private final World world;

    EdgeServerTest(World world) {
        this.world = world;
    }

    @Test
    void an_address_that_does_not_exist_is_not_found_without_a_trace_of_the_machinery() {
        HttpResponse<String> answer = world.http.get("/nothing/here", "Accept", "text/html");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("not-found").doesNotContain("Javalin", "Jetty", "at dev.", "nothing/here");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void another_method_is_not_allowed_and_the_answer_names_those_that_are() {
        HttpResponse<String> answer = world.http.get("/mozello/demo-shop/checkout", "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("method-not-allowed");
    }

    @Test
    void the_script_is_ours_and_may_be_kept_for_ever() {
        Browser browser = world.http.new Browser();
        String page = browser.follow(browser.checkout(Order.fresh())).body();
        String script = page.replaceAll("(?s).*src=\"(/assets/[^\"]+\\.js)\".*", "$1");

        HttpResponse<String> file = world.http.get(script);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(world.http.get("/assets/page-000000000000.js").statusCode()).isEqualTo(404);
    }

    @Test
    void a_page_brings_its_style_and_its_policy_allows_no_other() throws Exception {
        Browser browser = world.http.new Browser();
        HttpResponse<String> page = browser.follow(browser.checkout(Order.fresh()));
        String style = page.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");

        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

        assertThat(page.body()).doesNotContain("rel=\"stylesheet\"");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("style-src 'sha256-" + hash + "';");
    }

    @Test
    void requests_with_endless_headers_are_refused() {
        HttpResponse<String> answer = world.http.get("/pay/x", "X-Long", "y".repeat(20_000));

        assertThat(answer.statusCode()).isEqualTo(431);
    }

    @Test
    void tokens_and_personal_data_stay_out_of_the_log() {
        Browser browser = world.http.new Browser();
        try (LogCapture log = LogCapture.start()) {
            String page = EdgeClient.location(browser.checkout(Order.fresh()));
            browser.get(page);
            browser.post(page.substring(0, page.indexOf('?')) + "/details", Map.of("phone", "+14165550199"));
            world.http.post(
                    "/mozarto/sandbox-account/webhooks/" + TestMerchants.WEBHOOK_TOKEN, "application/json", "{}");
            String session = Sessions.header(world.keys, TestMerchants.ACCOUNT, Duration.ofMinutes(1));
            world.http.post(
                    "/mozarto/sandbox-account/users/" + TestMerchants.WEBHOOK_TOKEN,
                    "application/json",
                    "{\"userId\":\"" + Sessions.USER + "\"}",
                    "Authorization",
                    session);
            Awaitility.await().until(() -> log.said().contains("/mozarto/{account}/users/{webhookToken}"));

            assertThat(log.said())
                    .contains("/pay/{token}")
                    .contains("/mozarto/{account}/webhooks/{webhookToken}", "VERIFIED")
                    .doesNotContain(TestMerchants.WEBHOOK_TOKEN, page.substring(5, 40))
                    .doesNotContain(Sessions.USER, session.substring(7, 60), "14165550142")
                    .doesNotContain("anna@example.com", "4165550199", "Kalniņa", TestMerchants.KEY);
        }
    }

    @Test
    void a_voucher_pin_stays_out_of_the_log_whether_it_is_taken_or_not() {
        Order order = Order.fresh().with("currency", "EUR").with("phone", "+371 20000000");
        Browser browser = world.http.new Browser();
        try (LogCapture log = LogCapture.start()) {
            String page = EdgeClient.location(browser.checkout(TestMerchants.VOUCHER_SHOP, order))
                    .replaceFirst("\\?.*", "");

            HttpResponse<String> wrong = browser.post(page + "/details", voucher("1357+2468"));
            HttpResponse<String> right = browser.post(page + "/details", voucher("1234 5678 9012 3456"));

            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(right.statusCode()).isEqualTo(303);
            Awaitility.await().until(() -> log.said().contains("/pay/{token}/details"));
            assertThat(log.said())
                    .doesNotContain("1357+2468", "1357%2B2468", "13572468")
                    .doesNotContain("1234 5678 9012 3456", "1234+5678", "1234%205678", "1234567890123456");
        }
    }

    private static Map<String, String> voucher(String pin) {
        return Map.of("provider", "FLEXEPIN", "voucherPin", pin);
    }

    @Test
    void more_browsers_than_there_are_places_are_sent_away_and_webhooks_still_come_in(EmbeddedBroker broker) {
        try (World narrow = new World(broker, Map.of("ingress.max-in-flight", "1", "ingress.max-polls", "1"))) {
            Order order = Order.fresh();
            narrow.orchestrator.script(order.paymentId(), (event, before) -> List.of());
            CompletableFuture<HttpResponse<String>> occupying =
                    CompletableFuture.supplyAsync(() -> narrow.http.checkout(TestMerchants.SHOP, order.signed()));
            Awaitility.await().until(() -> !narrow.eventsOf(order.paymentId()).isEmpty());

            HttpResponse<String> other =
                    narrow.http.checkout(TestMerchants.SHOP, Order.fresh().signed());
            HttpResponse<String> webhook = narrow.http.post(
                    "/mozarto/sandbox-account/webhooks/" + TestMerchants.WEBHOOK_TOKEN, "application/json", "{}");

            assertThat(other.statusCode()).isEqualTo(503);
            assertThat(other.headers().firstValue("Retry-After")).isPresent();
            assertThat(webhook.statusCode()).isEqualTo(200);
            assertThat(occupying.join().statusCode()).isEqualTo(303);
        }
    }

    @Test
    void a_broken_request_line_is_answered_without_a_stack_trace() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), world.edge.port())) {
            socket.getOutputStream()
                    .write("GET /%ZZ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "at org.", "jetty");
        }
    }
}
