package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.TokenPurpose;
import dev.intermezzo.runtime.sealing.TokenSealer;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.ViewState;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(World.Shared.class)
class ReturnTest {

    private static final String ADDRESS = "/return/" + TestMerchants.ACCOUNT;

    private final World world;
    private final Browser browser;

    ReturnTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    private static Order complete() {
        return Order.fresh().with("phone", "+14165550123");
    }

    @Test
    void without_a_cookie_the_page_says_nothing_about_any_payment() {
        HttpResponse<String> page = browser.get(ADDRESS);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("This browser does not say which payment you come from.")
                .doesNotContain("/pay/", "CAD");
    }

    @Test
    void an_account_that_does_not_exist_gets_the_same_page() {
        browser.checkout(complete());

        assertThat(browser.get("/return/no-such-account").body())
                .isEqualTo(world.http.new Browser().get(ADDRESS).body());
    }

    @Test
    void one_open_payment_is_shown() {
        Order order = complete();
        browser.checkout(order);

        HttpResponse<String> back = browser.get(ADDRESS);

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(back)).startsWith("/pay/").doesNotContain("continue");
        assertThat(browser.follow(back).body()).contains("Waiting for your payment", order.get("invoice_id"));
    }

    @Test
    void without_a_script_the_outcome_is_looked_for_sooner_the_first_times_after_a_return() {
        Order order = complete();
        browser.checkout(order);
        String page = EdgeClient.location(browser.get(ADDRESS));
        String plain = page.substring(0, page.indexOf('?'));

        List<String> seconds = new ArrayList<>();
        for (int look = 0; look < 5; look++) {
            String[] refresh = browser.get(page)
                    .body()
                    .replaceAll("(?s).*http-equiv=\"refresh\" content=\"([^\"]+)\".*", "$1")
                    .split(";url=", 2);
            seconds.add(refresh[0]);
            page = refresh[1];
        }

        assertThat(seconds).containsExactly("2", "4", "8", "20", "20");
        assertThat(page).isEqualTo(plain);
    }

    @Test
    void several_open_payments_are_listed_with_shop_invoice_and_amount() {
        Order first = complete();
        Order second = complete().with("amount", "12.00");
        browser.checkout(first);
        browser.checkout(second);

        String page = browser.get(ADDRESS).body();

        assertThat(page)
                .contains(first.get("invoice_id"), "149.90 CAD", second.get("invoice_id"), "12.00 CAD")
                .contains("Lake &amp; Pine");
    }

    @Test
    void a_payment_whose_result_was_seen_is_not_meant_by_a_later_return() {
        Order paid = complete();
        browser.checkout(paid);
        String page = EdgeClient.location(browser.get(ADDRESS));
        world.orchestrator.show(world.orchestrator
                .next(world.orchestrator.latest(paid.paymentId()))
                .setState(ViewState.APPROVED)
                .build());
        Awaitility.await().until(() -> browser.get(page).body().contains("Thank you"));
        Order open = complete();
        browser.checkout(open);

        HttpResponse<String> back = browser.get(ADDRESS);

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(browser.follow(back).body()).contains(open.get("invoice_id"));
    }

    @Test
    void the_newest_payment_is_shown_when_all_results_were_seen_because_it_may_have_been_started_again() {
        Order order = complete();
        browser.checkout(order);
        String page = EdgeClient.location(browser.get(ADDRESS));
        world.orchestrator.show(world.orchestrator
                .next(world.orchestrator.latest(order.paymentId()))
                .setState(ViewState.NOT_PAID)
                .build());
        Awaitility.await().until(() -> browser.get(page).body().contains("not completed"));

        HttpResponse<String> back = browser.get(ADDRESS);

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(browser.follow(back).body()).contains(order.get("invoice_id"));
    }

    @Test
    void a_payment_that_was_approved_while_the_buyer_was_away_is_shown_at_the_return() {
        Order order = complete();
        browser.checkout(order);
        world.orchestrator.show(world.orchestrator
                .next(world.orchestrator.latest(order.paymentId()))
                .setState(ViewState.APPROVED)
                .build());

        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(browser.follow(browser.get(ADDRESS)).body()).contains("Thank you"));
    }

    @Test
    void a_provider_that_takes_one_is_told_an_address_that_leads_back_to_this_very_payment() {
        Order order = complete().with("currency", "EUR");
        HttpResponse<String> begun = world.http.checkout(TestMerchants.EURO_SHOP, order.signed());
        String payment = TestMerchants.EURO_SHOP + '~' + order.get("order_uuid");

        PlannedRoute trust = world.awaitBody(payment, CheckoutReceived.class)
                .getPlan()
                .getRoutes()
                .getFirst();

        assertThat(trust.getEligible()).isTrue();
        assertThat(trust.getSingleUsePage()).isTrue();
        assertThat(trust.getSessionLifetimeSeconds()).isEqualTo(300);
        assertThat(trust.getLateWindowSeconds()).isEqualTo(Duration.ofDays(1).toSeconds());
        assertThat(trust.getUserIdPerAttempt()).isFalse();
        assertThat(trust.getSettings()).singleElement().satisfies(setting -> {
            assertThat(setting.getName()).isEqualTo("return-address");
            assertThat(setting.getValue()).startsWith("https://pay.example.com/return/");
            HttpResponse<String> back = world.http.get(
                    URI.create(setting.getValue()).getPath(),
                    "Accept",
                    "text/html",
                    "Cookie",
                    begun.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0]);
            assertThat(world.http
                            .get(EdgeClient.location(back), "Accept", "text/html")
                            .body())
                    .contains(order.get("invoice_id"));
        });
    }

    @Test
    void a_route_whose_assumptions_are_not_all_confirmed_is_not_eligible_and_gets_no_return_address() {
        Order order = complete().with("currency", "EUR");
        world.http.checkout(TestMerchants.EURO_SHOP, order.signed());

        PlannedRoute forumPay = world.awaitBody(
                        TestMerchants.EURO_SHOP + '~' + order.get("order_uuid"), CheckoutReceived.class)
                .getPlan()
                .getRoutes()
                .getLast();

        assertThat(forumPay.getIneligibleReasons()).containsExactly("not-routable");
        assertThat(forumPay.getSettings()).isEmpty();
        assertThat(forumPay.getUserIdPerAttempt()).isTrue();
        assertThat(forumPay.getSingleUsePage()).isFalse();
        assertThat(forumPay.getLateWindowSeconds()).isEqualTo(Duration.ofDays(3).toSeconds());
    }

    @Test
    void a_return_token_whose_time_is_over_says_nothing_about_its_payment() {
        Order order = complete();
        browser.checkout(order);
        String token = new PageTokens(new TokenSealer(world.keys), InstantSource.system())
                .seal(
                        TokenPurpose.RETURN,
                        new PayToken(order.paymentId(), "en", Instant.now().minusSeconds(1)));

        assertThat(browser.get("/return/" + token).body()).doesNotContain(order.get("invoice_id"));
    }

    @Test
    void a_token_of_another_purpose_is_no_return_token() {
        Order order = complete();
        String location = EdgeClient.location(browser.checkout(order.without("phone")));
        String payToken = location.substring("/pay/".length(), location.indexOf('?'));

        HttpResponse<String> back = browser.get("/return/" + payToken);

        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(EdgeClient.location(back)).isEmpty();
    }

    @Test
    void a_return_by_post_becomes_a_get_which_brings_the_cookies() {
        HttpResponse<String> answer = browser.post(ADDRESS, Map.of("status", "success"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(answer)).isEqualTo(ADDRESS);
    }

    @Test
    void a_return_token_leads_to_its_payment_and_a_forged_one_nowhere() {
        Order order = complete();
        browser.checkout(order);
        String token = new PageTokens(new TokenSealer(world.keys), InstantSource.system())
                .seal(
                        TokenPurpose.RETURN,
                        new PayToken(order.paymentId(), "en", Instant.now().plusSeconds(60)));

        HttpResponse<String> back = browser.get("/return/" + token);
        HttpResponse<String> forged = browser.get("/return/" + "A".repeat(80));

        assertThat(browser.follow(back).body()).contains(order.get("invoice_id"));
        assertThat(forged.statusCode()).isEqualTo(200);
        assertThat(forged.body()).doesNotContain(order.get("invoice_id"));
    }

    @Test
    void a_checkout_sets_one_host_bound_cookie_that_scripts_and_other_sites_cannot_use() {
        HttpResponse<String> answer = browser.checkout(complete());

        List<String> set = answer.headers().allValues("Set-Cookie");
        assertThat(set).hasSize(1);
        assertThat(set.getFirst())
                .startsWith("__Host-imz-")
                .contains("; Path=/;", "HttpOnly", "SameSite=Lax", "Secure")
                .doesNotContain("Domain");
    }

    @Test
    void a_browser_is_remembered_for_eight_payments() {
        for (int i = 0; i < 10; i++) {
            browser.checkout(complete());
        }
        assertThat(browser.cookies()).hasSize(10);

        browser.get(ADDRESS);

        assertThat(browser.cookies()).hasSize(8);
    }
}
