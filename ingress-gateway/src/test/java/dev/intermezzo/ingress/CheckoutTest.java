package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(World.Shared.class)
class CheckoutTest {

    private final World world;

    CheckoutTest(World world) {
        this.world = world;
    }

    @Test
    void a_complete_order_is_sent_straight_to_the_providers_page() {
        Order order = Order.fresh().with("phone", "+1 416 555 0123");

        HttpResponse<String> answer = world.http.checkout(TestMerchants.SHOP, order.signed());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(answer))
                .isEqualTo(FakeOrchestrator.page(order.paymentId(), 1).toString());
        CheckoutReceived event = world.awaitBody(order.paymentId(), CheckoutReceived.class);
        assertThat(event.getAmount().getAmount()).isEqualByComparingTo(new BigDecimal("149.90"));
        assertThat(event.getMozelloKeyId()).isEqualTo(TestMerchants.KEY_ID);
        assertThat(event.getHolds()).isEmpty();
        PlannedRoute route = event.getPlan().getRoutes().getFirst();
        assertThat(route.getEligible()).isTrue();
        assertThat(route.getMissingFields()).isEmpty();
    }

    @Test
    void an_order_that_lacks_a_detail_is_sent_to_our_page_and_the_plan_names_the_detail() {
        Order order = Order.fresh();

        HttpResponse<String> answer = world.http.checkout(TestMerchants.SHOP, order.signed());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(answer)).startsWith("/pay/");
        CheckoutReceived event = world.awaitBody(order.paymentId(), CheckoutReceived.class);
        assertThat(event.getPlan().getRoutes().getFirst().getMissingFields()).containsExactly("phone");
    }

    @Test
    void what_the_buyer_typed_is_sealed_and_its_key_is_published_first() {
        Order order = Order.fresh();

        world.http.checkout(TestMerchants.SHOP, order.signed());

        CheckoutReceived event = world.awaitBody(order.paymentId(), CheckoutReceived.class);
        List<WrappedKey> keys = Awaitility.await()
                .until(
                        () -> world.buyerKeys.stream()
                                .filter(key -> key.getPaymentId().equals(order.paymentId()))
                                .map(BuyerKey::getKey)
                                .toList(),
                        found -> !found.isEmpty());
        byte[] opened = new BuyerOpener(world.keys).open(order.paymentId(), event.getBuyer(), keys);
        assertThat(BuyerDetailsJson.read(opened))
                .contains(BuyerDetails.of("anna@example.com", "Anna", "Kalniņa", "", "CA"));
        assertThat(event.toString()).doesNotContain("anna@example.com", "Kalniņa");
    }

    @Test
    void a_multipart_form_is_taken_too() {
        Order order = Order.fresh();
        Order signed = order.with("signature", order.signature(TestMerchants.KEY));
        StringBuilder body = new StringBuilder();
        List.of(
                        "order_uuid",
                        "invoice_id",
                        "amount",
                        "currency",
                        "billing_first_name",
                        "billing_last_name",
                        "billing_email",
                        "billing_country_code",
                        "language_code",
                        "website_alias",
                        "success_url",
                        "failure_url",
                        "notify_url",
                        "signature")
                .forEach(name -> body.append("--b\r\nContent-Disposition: form-data; name=\"")
                        .append(name)
                        .append("\"\r\n\r\n")
                        .append(signed.get(name))
                        .append("\r\n"));
        body.append("--b--\r\n");

        HttpResponse<String> answer =
                world.http.post("/mozello/demo-shop/checkout", "multipart/form-data; boundary=b", body.toString());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(world.awaitBody(order.paymentId(), CheckoutReceived.class).getInvoiceId())
                .isEqualTo(order.get("invoice_id"));
    }

    @Test
    void a_form_with_an_unlisted_host_is_held_and_never_led_to_that_host() {
        Order order = Order.fresh()
                .with("success_url", "https://evil.example/ok")
                .with("failure_url", "https://evil.example/no");
        EdgeClient.Browser browser = world.http.new Browser();

        HttpResponse<String> page = browser.follow(browser.checkout(order));

        CheckoutReceived event = world.awaitBody(order.paymentId(), CheckoutReceived.class);
        assertThat(event.getHolds()).extracting("code").contains("host-unlisted");
        assertThat(page.body()).contains("Your payment is being checked", "help@shop.example", order.get("order_uuid"));
        assertThat(page.body()).doesNotContain("evil.example");
    }

    @Test
    void a_double_click_leads_both_times_to_the_same_page_and_begins_one_attempt() {
        Order order = Order.fresh().with("phone", "+14165550123");

        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> world.http.checkout(TestMerchants.SHOP, order.signed()));
        CompletableFuture<HttpResponse<String>> second =
                CompletableFuture.supplyAsync(() -> world.http.checkout(TestMerchants.SHOP, order.signed()));

        String page = FakeOrchestrator.page(order.paymentId(), 1).toString();
        assertThat(EdgeClient.location(first.join())).isEqualTo(page);
        assertThat(EdgeClient.location(second.join())).isEqualTo(page);
        assertThat(world.orchestrator.latest(order.paymentId()).getAttempts()).hasSize(1);
        assertThat(world.eventsOf(order.paymentId()))
                .hasSize(2)
                .extracting("id")
                .doesNotHaveDuplicates();
    }

    @Test
    void the_same_order_with_another_amount_is_told_apart_and_led_nowhere() {
        Order order = Order.fresh().with("phone", "+14165550123");
        world.http.checkout(TestMerchants.SHOP, order.signed());

        HttpResponse<String> other = world.http.checkout(
                TestMerchants.SHOP, order.with("amount", "1.00").signed());

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("order-changed");
        assertThat(other.headers().firstValue("Location")).isEmpty();
        assertThat(other.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void the_digest_tells_the_same_content_by_value() {
        Order order = Order.fresh();
        world.http.checkout(TestMerchants.SHOP, order.signed());
        CheckoutReceived first = world.awaitBody(order.paymentId(), CheckoutReceived.class);
        world.http.checkout(TestMerchants.SHOP, order.with("amount", "149.9").signed());
        world.http.checkout(TestMerchants.SHOP, order.with("amount", "149.91").signed());

        List<CheckoutReceived> all = world.bodiesOf(order.paymentId(), CheckoutReceived.class);

        assertThat(all).hasSize(3);
        assertThat(all.get(1).getContentDigest()).isEqualTo(first.getContentDigest());
        assertThat(all.get(2).getContentDigest()).isNotEqualTo(first.getContentDigest());
    }

    @Test
    void a_shop_that_is_switched_off_takes_no_new_checkout() {
        Order order = Order.fresh();

        HttpResponse<String> answer = world.http.checkout(TestMerchants.CLOSED_SHOP, order.signed());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("merchant-disabled");
    }

    @Test
    void while_keys_rotate_a_form_of_any_valid_one_is_taken_and_its_key_named() {
        Order older = Order.fresh();
        Order newer = Order.fresh();
        String shop = TestMerchants.ROTATING_SHOP;

        HttpResponse<String> olderAnswer = world.http.checkout(shop, older.signedWith(TestMerchants.OLDER_KEY));
        HttpResponse<String> newerAnswer = world.http.checkout(shop, newer.signedWith(TestMerchants.KEY));
        HttpResponse<String> ended = world.http.checkout(shop, Order.fresh().signedWith(TestMerchants.ENDED_KEY));

        assertThat(olderAnswer.statusCode()).isEqualTo(303);
        assertThat(newerAnswer.statusCode()).isEqualTo(303);
        assertThat(ended.statusCode()).isEqualTo(403);
        assertThat(ended.body()).contains("signature-wrong");
        assertThat(taken(shop, older).getMozelloKeyId()).isEqualTo("older");
        assertThat(taken(shop, newer).getMozelloKeyId()).isEqualTo(TestMerchants.KEY_ID);
    }

    @Test
    void how_a_buyer_is_named_is_the_catalogues_unless_the_merchant_says_otherwise() {
        Order usual = Order.fresh();
        Order otherwise = Order.fresh();

        world.http.checkout(TestMerchants.SHOP, usual.signed());
        world.http.checkout(TestMerchants.ROTATING_SHOP, otherwise.signed());

        assertThat(namedPerAttempt(taken(TestMerchants.SHOP, usual))).isFalse();
        assertThat(namedPerAttempt(taken(TestMerchants.ROTATING_SHOP, otherwise)))
                .isTrue();
    }

    private CheckoutReceived taken(String shop, Order order) {
        return world.awaitBody(shop + '~' + order.get("order_uuid"), CheckoutReceived.class);
    }

    private static boolean namedPerAttempt(CheckoutReceived event) {
        return event.getPlan().getRoutes().getFirst().getUserIdPerAttempt();
    }

    @Test
    void a_provider_that_was_taken_out_of_the_routes_is_in_no_new_plan() {
        Order order = Order.fresh();

        world.http.checkout(TestMerchants.ROUTELESS_SHOP, order.signed());

        assertThat(taken(TestMerchants.ROUTELESS_SHOP, order).getPlan().getRoutes())
                .isEmpty();
    }

    @Test
    void an_order_that_no_route_can_take_says_so() {
        Order order = Order.fresh().with("currency", "EUR");
        EdgeClient.Browser browser = world.http.new Browser();

        HttpResponse<String> page = browser.follow(browser.checkout(order));

        PlannedRoute route = world.awaitBody(order.paymentId(), CheckoutReceived.class)
                .getPlan()
                .getRoutes()
                .getFirst();
        assertThat(route.getEligible()).isFalse();
        assertThat(route.getIneligibleReasons()).contains("currency");
        assertThat(page.body()).contains("This payment cannot be made here", "No money has been taken.");
    }

    @Test
    void a_checkout_whose_answer_is_late_goes_to_the_waiting_page() {
        Order order = Order.fresh();
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());

        HttpResponse<String> answer = world.http.checkout(TestMerchants.SHOP, order.signed());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(answer)).startsWith("/pay/");
    }
}
