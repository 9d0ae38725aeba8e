package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.ingress.payments.ProviderPages;
import dev.intermezzo.ingress.tokens.BuyerCookie;
import dev.intermezzo.ingress.tokens.BuyerCookies;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.RedirectSealer;
import dev.intermezzo.runtime.sealing.TokenSealer;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewRequested;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(World.Shared.class)
class PayPageTest {

    private final World world;
    private final Order order = Order.fresh();
    private final Browser browser;

    PayPageTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    /** The browser is at its payment's page; the address carries the token. */
    private String begun() {
        String location = EdgeClient.location(browser.checkout(order));
        return location.substring(0, location.indexOf('?'));
    }

    private PaymentView latest() {
        return world.orchestrator.latest(order.paymentId());
    }

    @Test
    void the_details_form_asks_for_what_is_missing_and_for_nothing_else() {
        HttpResponse<String> page = browser.get(begun());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "<label for=\"phone\">", "autocomplete=\"tel\"", "Lake &amp; Pine &lt;Goods&gt;", "149.90 CAD")
                .contains("<strong>TEST</strong>", "No money has been taken.", "lang=\"en\"")
                .doesNotContain("name=\"email\"", "name=\"firstName\"");
    }

    @Test
    void every_page_carries_the_headers_that_keep_it_private_and_is_small() {
        HttpResponse<String> page = browser.get(begun());

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
    void given_details_are_sealed_published_and_lead_on_to_the_provider() {
        String page = begun();

        HttpResponse<String> answer = browser.post(page + "/details", Map.of("phone", "+1 (416) 555-0123"));

        assertThat(answer.statusCode()).isEqualTo(303);
        BuyerDetailsSubmitted event = world.awaitBody(order.paymentId(), BuyerDetailsSubmitted.class);
        assertThat(event.getPlan().getRoutes().getFirst().getMissingFields()).isEmpty();
        assertThat(event.getPlan().getRoutes().getFirst().getEligible()).isTrue();
        // One key came with the form, one with the details.
        List<BuyerKey> keys = Awaitility.await()
                .until(
                        () -> world.buyerKeys.stream()
                                .filter(key -> key.getPaymentId().equals(order.paymentId()))
                                .toList(),
                        found -> found.size() == 2);
        byte[] opened = new BuyerOpener(world.keys)
                .open(
                        order.paymentId(),
                        event.getBuyer(),
                        keys.stream().map(BuyerKey::getKey).toList());
        assertThat(BuyerDetailsJson.read(opened)).contains(BuyerDetails.none().with(BuyerField.PHONE, "+14165550123"));
        assertThat(browser.follow(answer).body())
                .contains(FakeOrchestrator.page(order.paymentId(), 1).toString(), "http-equiv=\"refresh\"");
    }

    @Test
    void a_wrong_detail_is_explained_beside_its_field_and_what_was_typed_is_kept() {
        String page = begun();

        HttpResponse<String> answer = browser.post(page + "/details", Map.of("phone", "<call me>"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("id=\"phone-error\"", "aria-invalid=\"true\"", "value=\"&lt;callme")
                .contains("Please correct the marked details.");
        world.awaitQuiet(order.paymentId());
        assertThat(world.bodiesOf(order.paymentId(), BuyerDetailsSubmitted.class))
                .isEmpty();
    }

    @Test
    void details_are_taken_only_from_the_browser_that_began_the_checkout() {
        String page = begun();
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
        String page = begun();

        String shown = world.http.new Browser().get(page).body();

        assertThat(shown)
                .contains("Lake &amp; Pine", order.get("invoice_id"), "149.90 CAD", "Waiting for your details")
                .doesNotContain("<form", "<input", order.get("order_uuid"), "shop.example");
    }

    @Test
    void the_cookie_of_another_payment_opens_nothing_here() {
        String page = begun();
        Browser other = world.http.new Browser();
        other.checkout(Order.fresh());

        assertThat(other.get(page).body()).doesNotContain("<form");
        assertThat(other.post(page + "/back", Map.of("x", "1")).statusCode()).isEqualTo(403);
    }

    @Test
    void waiting_at_the_provider_offers_to_continue_and_to_start_again_with_a_warning() {
        String page = begun();
        browser.post(page + "/details", Map.of("phone", "+14165550123"));

        String shown = browser.get(page).body();

        assertThat(shown)
                .contains("Waiting for your payment", "Continue to the payment page")
                .contains("href=\"" + FakeOrchestrator.page(order.paymentId(), 1) + "\"")
                .contains("if I already paid, I must not pay again", "name=\"confirm\"", "required")
                .contains("We have no confirmation of a payment yet. If you already paid, do not pay again.")
                .contains("action=\"" + page + "/back\"", "Back to the shop");
    }

    @Test
    void another_attempt_needs_the_confirmation() {
        String page = begun();
        browser.post(page + "/details", Map.of("phone", "+14165550123"));

        HttpResponse<String> without = browser.post(page + "/again", Map.of("provider", "PAYONE"));
        HttpResponse<String> with = browser.post(page + "/again", Map.of("confirm", "yes"));

        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body())
                .contains("Please confirm that you will not pay twice.", "aria-describedby=\"confirm-error\"")
                .contains("id=\"confirm-error\"", "confirmation-missing", order.get("invoice_id"));
        assertThat(with.statusCode()).isEqualTo(303);
        BuyerAskedAgain event = world.awaitBody(order.paymentId(), BuyerAskedAgain.class);
        assertThat(event.getConfirmed()).isTrue();
        // What was given before is not asked again, although the edge cannot open it.
        assertThat(event.getPlan().getRoutes().getFirst().getMissingFields()).isEmpty();
        assertThat(browser.follow(with).body())
                .contains(FakeOrchestrator.page(order.paymentId(), 2).toString());
    }

    @Test
    void a_merchant_that_is_disabled_meanwhile_begins_no_further_attempt_and_the_open_one_is_still_shown() {
        // Given: details are given, so the payment is at its provider when its merchant is switched off.
        String page = EdgeClient.location(browser.checkout(TestMerchants.CLOSING_SHOP, order))
                .replaceFirst("\\?.*", "");
        browser.post(page + "/details", Map.of("phone", "+14165550123"));
        world.publish(TestMerchants.record(TestMerchants.CLOSING_SHOP, TestMerchants.merchant(false, null, null)));

        // When
        HttpResponse<String> again = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> browser.post(page + "/again", Map.of("confirm", "yes")),
                        answer -> answer.statusCode() == 403);

        // Then
        assertThat(again.body()).contains("merchant-disabled");
        String payment = TestMerchants.CLOSING_SHOP + '~' + order.get("order_uuid");
        int shown = world.orchestrator.latest(payment).getAttempts().size();
        assertThat(browser.get(page).body())
                .contains("Waiting for your payment", "Back to the shop")
                .contains("href=\"" + FakeOrchestrator.page(payment, shown) + "\"");
    }

    @Test
    void while_an_older_attempt_may_still_be_paid_the_confirmation_comes_before_any_details() {
        String page = begun();
        world.orchestrator.show(world.orchestrator
                .next(latest())
                .setMayAskAgain(true)
                .setOlderMayStillBePaid(true)
                .setAttempts(List.of(new ViewedAttempt(1, "PAYONE", AttemptStatus.UNKNOWN, null, false, null)))
                .build());

        String shown = browserSees(page, "Did you already pay?");

        assertThat(shown)
                .contains("name=\"confirm\"", "If you already paid, do not pay again.")
                .doesNotContain("name=\"phone\"");
    }

    @Test
    void going_back_to_the_shop_is_told_and_ends_at_the_failure_address() {
        String page = begun();

        HttpResponse<String> answer = browser.post(page + "/back", Map.of("back", "1"));

        assertThat(answer.statusCode()).isEqualTo(303);
        world.awaitBody(order.paymentId(), BuyerGaveUp.class);
        assertThat(browser.follow(answer).body())
                .contains("http-equiv=\"refresh\" content=\"4;url=" + order.get("failure_url") + "\"");
    }

    @Test
    void an_approval_thanks_and_leads_back_to_the_success_address() {
        String page = begun();
        world.orchestrator.show(world.orchestrator
                .next(latest())
                .setState(ViewState.APPROVED)
                .setMissingFields(List.of())
                .build());

        String shown = browserSees(page, "Thank you, your payment is confirmed");

        assertThat(shown).contains("content=\"4;url=" + order.get("success_url") + "\"", "Your payment is confirmed.");
    }

    @Test
    void a_decline_says_that_no_money_was_taken_and_offers_both_ways() {
        String page = begun();
        world.orchestrator.show(world.orchestrator
                .next(latest())
                .setState(ViewState.NOT_PAID)
                .setMissingFields(List.of())
                .setMayAskAgain(true)
                .setAttempts(List.of(new ViewedAttempt(1, "PAYONE", AttemptStatus.DECLINED, null, false, null)))
                .build());

        String shown = browserSees(page, "The payment was not completed");

        assertThat(shown)
                .contains("The payment was declined. No money was taken for it.", "Try again", "Back to the shop")
                .doesNotContain("type=\"checkbox\"");
    }

    @Test
    void nothing_is_said_about_money_that_nobody_can_know() {
        String page = begun();
        world.orchestrator.show(world.orchestrator
                .next(latest())
                .setState(ViewState.NOT_PAID)
                .setMissingFields(List.of())
                .setMayAskAgain(true)
                .setAttempts(List.of(new ViewedAttempt(1, "PAYONE", AttemptStatus.EXPIRED, null, false, null)))
                .build());

        String shown = browserSees(page, "The payment was not completed");

        assertThat(shown).contains("If you already paid, do not pay again.").doesNotContain("No money");
    }

    @Test
    void while_nobody_knows_what_became_of_the_call_the_payment_is_being_checked() {
        String page = begun();
        world.orchestrator.show(world.orchestrator
                .next(latest())
                .setState(ViewState.IN_PROGRESS)
                .setMissingFields(List.of())
                .setMayAskAgain(true)
                .setOlderMayStillBePaid(true)
                .setAttempts(List.of(new ViewedAttempt(1, "PAYONE", AttemptStatus.UNKNOWN, null, false, null)))
                .build());

        String shown = browserSees(page, "Your payment is being checked");

        assertThat(shown)
                .contains(order.get("order_uuid"), "help@shop.example", "contact the shop and give the reference")
                .contains("If you already paid, do not pay again.", "name=\"confirm\"", "Back to the shop")
                .doesNotContain("Finish the payment on the provider");
    }

    @Test
    void a_payment_under_review_is_being_checked_and_asks_nothing_of_the_buyer() {
        String page = begun();
        world.orchestrator.show(world.orchestrator
                .next(latest())
                .setState(ViewState.UNDER_REVIEW)
                .setMissingFields(List.of())
                .setAttempts(List.of(new ViewedAttempt(1, "PAYONE", AttemptStatus.AT_PROVIDER, null, false, null)))
                .build());

        String shown = browserSees(page, "Your payment is being checked");

        assertThat(shown)
                .contains(order.get("order_uuid"), "help@shop.example", "Please do not pay again.")
                .doesNotContain("name=\"confirm\"", "Back to the shop");
    }

    @Test
    void a_used_single_use_page_is_not_offered_again() {
        Order singleUse = singleUse();
        HttpResponse<String> first = browser.checkout(singleUse);
        Browser secondTab = world.http.new Browser();

        HttpResponse<String> second = secondTab.checkout(singleUse);

        String provider = FakeOrchestrator.page(singleUse.paymentId(), 1).toString();
        assertThat(EdgeClient.location(first)).isEqualTo(provider);
        assertThat(EdgeClient.location(second)).startsWith("/pay/");
        assertThat(secondTab.follow(second).body())
                .contains("opened in another tab", "Start again")
                .doesNotContain(provider);
    }

    /** An order whose provider hands out addresses that work once. */
    private Order singleUse() {
        Order singleUse = order.with("phone", "+14165550123");
        world.orchestrator.script(singleUse.paymentId(), (event, before) -> {
            if (before == null && event.getBody() instanceof CheckoutReceived checkout) {
                return world.orchestrator.atProvider(
                        event, world.orchestrator.born(event, checkout).build(), 1, true);
            }
            return world.orchestrator.usual(event, before);
        });
        return singleUse;
    }

    @Test
    void looking_at_a_single_use_page_does_not_use_it_up() {
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
        String page = begun();
        CheckoutReceived checkout = world.awaitBody(order.paymentId(), CheckoutReceived.class);
        world.orchestrator
                .atProvider(
                        world.eventsOf(order.paymentId()).getFirst(),
                        world.orchestrator
                                .born(world.eventsOf(order.paymentId()).getFirst(), checkout)
                                .build(),
                        1,
                        true)
                .forEach(world.orchestrator::show);

        String shown = browserSees(page, "Continue to the payment page");
        String polled = browser.get(page + "/state?after=-1").body();
        String forwarding = browser.get(page + "?continue=1").body();
        String again = browser.get(page + "?continue=1").body();

        String provider = FakeOrchestrator.page(order.paymentId(), 1).toString();
        assertThat(shown).contains("href=\"" + page + "?continue=1\"").doesNotContain(provider);
        assertThat(polled).contains("\"redirect\":\"" + page + "?continue=1\"");
        assertThat(forwarding).contains("content=\"0;url=" + provider + "\"");
        assertThat(again).doesNotContain(provider).contains("opened in another tab");
    }

    @Test
    void an_instance_that_handed_nothing_out_does_not_show_a_used_page_either() {
        Order singleUse = singleUse();
        browser.checkout(singleUse);
        String cookie = browser.cookies().entrySet().iterator().next().toString();
        PaymentView view = world.orchestrator.latest(singleUse.paymentId());
        BuyerCookie kept = new BuyerCookies(new TokenSealer(world.keys), InstantSource.system(), true)
                .read(Map.of(cookie.split("=", 2)[0], cookie.split("=", 2)[1]))
                .of(singleUse.paymentId())
                .orElseThrow();

        ProviderPages elsewhere = new ProviderPages(new RedirectSealer(world.keys), InstantSource.system());

        assertThat(elsewhere.of(view, kept)).isInstanceOf(ProviderPages.ProviderPage.Used.class);
        assertThat(elsewhere.take(view, kept)).isEmpty();
    }

    @Test
    void a_page_that_was_given_up_for_a_second_tab_is_called_used() {
        Order singleUse = singleUse();
        browser.checkout(singleUse);
        PaymentView view = world.orchestrator.latest(singleUse.paymentId());
        ViewedAttempt taken = ViewedAttempt.newBuilder(view.getAttempts().getLast())
                .setRedirect(null)
                .build();
        world.orchestrator.show(
                world.orchestrator.next(view).setAttempts(List.of(taken)).build());

        String page = EdgeClient.location(browser.checkout(singleUse));

        assertThat(browserSees(page.replace("?continue=1", ""), "opened in another tab"))
                .contains("Start again");
    }

    @Test
    void a_page_whose_time_is_over_is_not_shown_and_another_attempt_is_offered_with_the_warning() {
        Order singleUse = singleUse();
        browser.checkout(singleUse);
        PaymentView view = world.orchestrator.latest(singleUse.paymentId());
        ViewedAttempt over = ViewedAttempt.newBuilder(view.getAttempts().getLast())
                .setUsableUntil(Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.MICROS))
                .build();
        world.orchestrator.show(
                world.orchestrator.next(view).setAttempts(List.of(over)).build());

        String page = EdgeClient.location(browser.checkout(singleUse));

        assertThat(browserSees(page.replace("?continue=1", ""), "The time of the provider"))
                .contains("Start again", "if I already paid, I must not pay again")
                .doesNotContain(FakeOrchestrator.page(singleUse.paymentId(), 1).toString());
    }

    @Test
    void a_provider_page_that_was_sealed_for_another_payment_is_never_shown() {
        String page = begun();
        browser.post(page + "/details", Map.of("phone", "+14165550123"));
        world.orchestrator.show(world.orchestrator.withForeignPage(latest()));

        String shown = browserSees(page, "Waiting for your payment");

        assertThat(shown).doesNotContain("provider.example/pay/other");
    }

    @Test
    void the_state_is_answered_as_soon_as_it_changes() {
        String page = begun();
        long shown = latest().getSequence();
        CompletableFuture<HttpResponse<String>> poll =
                CompletableFuture.supplyAsync(() -> browser.get(page + "/state?after=" + shown));

        world.orchestrator.show(world.orchestrator
                .next(latest())
                .setState(ViewState.APPROVED)
                .setMissingFields(List.of())
                .build());

        assertThat(poll.join().body())
                .isEqualTo("{\"state\":\"approved\",\"sequence\":" + (shown + 1) + ",\"redirect\":\""
                        + order.get("success_url") + "\"}");
    }

    @Test
    void the_state_is_answered_as_it_is_when_nothing_changes_in_time() {
        String page = begun();
        long shown = latest().getSequence();

        HttpResponse<String> poll = browser.get(page + "/state?after=" + shown);

        assertThat(poll.body())
                .isEqualTo("{\"state\":\"awaiting-buyer\",\"sequence\":" + shown + ",\"redirect\":null}");
    }

    @Test
    void the_state_tells_no_address_to_a_browser_without_the_cookie() {
        String page = begun();
        browser.post(page + "/details", Map.of("phone", "+14165550123"));

        String poll = world.http.get(page + "/state?after=-1").body();

        assertThat(poll).contains("\"state\":\"in-progress\"", "\"redirect\":null");
    }

    @Test
    void a_view_that_is_on_its_way_is_not_asked_for() {
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
        String page = begun();

        assertThat(browser.get(page).body()).contains("Looking up your payment");

        assertThat(world.bodiesOf(order.paymentId(), ViewRequested.class)).isEmpty();
    }

    @Test
    void a_view_that_did_not_come_although_younger_payments_were_answered_is_asked_for() {
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
        String page = begun();

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            world.http.checkout(TestMerchants.SHOP, Order.fresh().signed());
            browser.get(page);
            return !world.bodiesOf(order.paymentId(), ViewRequested.class).isEmpty();
        });
    }

    @Test
    void the_page_speaks_the_shops_language() {
        Browser latvian = world.http.new Browser();
        HttpResponse<String> page =
                latvian.follow(latvian.checkout(Order.fresh().with("language_code", "lv")));

        assertThat(page.body()).contains("<html lang=\"lv\">", "Trūkst dažu datu", "Tālruņa numurs");
    }

    @Test
    void a_language_without_texts_is_english() {
        Browser french = world.http.new Browser();
        HttpResponse<String> page = french.follow(french.checkout(Order.fresh().with("language_code", "fr")));

        assertThat(page.body()).contains("<html lang=\"en\">");
    }

    /** The view travels through the topic: the page shows it a moment later. */
    private String browserSees(String page, String text) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> browser.get(page).body(), body -> body.contains(text));
    }
}
