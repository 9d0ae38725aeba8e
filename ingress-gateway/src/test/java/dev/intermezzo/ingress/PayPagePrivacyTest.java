package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a page keeps to itself, and from whom. */
@ExtendWith(World.Shared.class)
class PayPagePrivacyTest {

    private final World world;
    private final Order order = Order.fresh();
    private final Browser browser;

    PayPagePrivacyTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    @Test
    void every_page_carries_the_headers_that_keep_it_private_and_is_small() {
        HttpResponse<String> page = browser.get(browser.begin(order));

        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(page.headers().firstValue("Server")).isEmpty();
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(60_000);
        assertThat(page.body()).doesNotContain("http://", "https://", " style=", "javascript:");
    }

    @Test
    void details_are_taken_only_from_the_browser_that_began_the_checkout() {
        String page = browser.begin(order);
        Browser other = world.http.new Browser();

        HttpResponse<String> answer = other.post(page + "/details", Map.of("phone", "+14165550123"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("cookie-missing");
        world.awaitQuiet(order.paymentId());
        assertThat(world.bodiesOf(order.paymentId(), BuyerDetailsSubmitted.class))
                .isEmpty();
    }

    @Test
    void the_address_without_the_cookie_shows_shop_invoice_amount_and_state_only() {
        String page = browser.begin(order);

        String shown = world.http.new Browser().get(page).body();

        assertThat(shown)
                .contains("Lake &amp; Pine", order.get("invoice_id"), "149.90 CAD", "Waiting for your details")
                .doesNotContain("<form", "<input", order.get("order_uuid"), "shop.example");
    }

    @Test
    void the_cookie_of_another_payment_opens_nothing_here() {
        String page = browser.begin(order);
        Browser other = world.http.new Browser();
        other.checkout(Order.fresh());

        assertThat(other.get(page).body()).doesNotContain("<form");
        assertThat(other.post(page + "/back", Map.of("x", "1")).statusCode()).isEqualTo(403);
    }

    @Test
    void a_provider_page_that_was_sealed_for_another_payment_is_never_shown() {
        String page = browser.begin(order);
        browser.post(page + "/details", Map.of("phone", "+14165550123"));
        world.orchestrator.show(world.orchestrator.withForeignPage(world.orchestrator.latest(order.paymentId())));

        String shown = browser.awaitPage(page, "Waiting for your payment");

        assertThat(shown).doesNotContain("provider.example/pay/other");
    }
}
