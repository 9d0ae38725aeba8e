package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedAttempt;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page shows and offers while its payment goes on and at its end. */
@ExtendWith(World.Shared.class)
class PayPageTest {

    private final World world;
    private final Order order = Order.fresh();
    private final Browser browser;

    PayPageTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    @Test
    void waiting_at_the_provider_offers_to_continue_and_to_start_again_with_a_warning() {
        String page = browser.begin(order);
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
        String page = browser.begin(order);
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
        String page = browser.begin(order);
        world.orchestrator.change(
                order.paymentId(),
                view -> view.setMayAskAgain(true)
                        .setOlderMayStillBePaid(true)
                        .setAttempts(
                                List.of(new ViewedAttempt(1, "PAYONE", AttemptStatus.UNKNOWN, null, false, null))));

        String shown = browser.awaitPage(page, "Did you already pay?");

        assertThat(shown)
                .contains("name=\"confirm\"", "If you already paid, do not pay again.")
                .doesNotContain("name=\"phone\"");
    }

    @Test
    void going_back_to_the_shop_is_told_and_ends_at_the_failure_address() {
        String page = browser.begin(order);

        HttpResponse<String> answer = browser.post(page + "/back", Map.of("back", "1"));

        assertThat(answer.statusCode()).isEqualTo(303);
        world.awaitBody(order.paymentId(), BuyerGaveUp.class);
        assertThat(browser.follow(answer).body())
                .contains("http-equiv=\"refresh\" content=\"4;url=" + order.get("failure_url") + "\"");
    }

    @Test
    void an_approval_thanks_and_leads_back_to_the_success_address() {
        String page = browser.begin(order);
        world.orchestrator.change(
                order.paymentId(), view -> view.setState(ViewState.APPROVED).setMissingFields(List.of()));

        String shown = browser.awaitPage(page, "Thank you, your payment is confirmed");

        assertThat(shown).contains("content=\"4;url=" + order.get("success_url") + "\"", "Your payment is confirmed.");
    }

    @Test
    void a_decline_says_that_no_money_was_taken_and_offers_both_ways() {
        String page = browser.begin(order);
        turnsInto(ViewState.NOT_PAID, AttemptStatus.DECLINED, view -> view.setMayAskAgain(true));

        String shown = browser.awaitPage(page, "The payment was not completed");

        assertThat(shown)
                .contains("The payment was declined. No money was taken for it.", "Try again", "Back to the shop")
                .doesNotContain("type=\"checkbox\"");
    }

    @Test
    void nothing_is_said_about_money_that_nobody_can_know() {
        String page = browser.begin(order);
        turnsInto(ViewState.NOT_PAID, AttemptStatus.EXPIRED, view -> view.setMayAskAgain(true));

        String shown = browser.awaitPage(page, "The payment was not completed");

        assertThat(shown).contains("If you already paid, do not pay again.").doesNotContain("No money");
    }

    @Test
    void while_nobody_knows_what_became_of_the_call_the_payment_is_being_checked() {
        String page = browser.begin(order);
        turnsInto(
                ViewState.IN_PROGRESS,
                AttemptStatus.UNKNOWN,
                view -> view.setMayAskAgain(true).setOlderMayStillBePaid(true));

        String shown = browser.awaitPage(page, "Your payment is being checked");

        assertThat(shown)
                .contains(order.get("order_uuid"), "help@shop.example", "contact the shop and give the reference")
                .contains("If you already paid, do not pay again.", "name=\"confirm\"", "Back to the shop")
                .doesNotContain("Finish the payment on the provider");
    }

    @Test
    void a_payment_under_review_is_being_checked_and_asks_nothing_of_the_buyer() {
        String page = browser.begin(order);
        turnsInto(ViewState.UNDER_REVIEW, AttemptStatus.AT_PROVIDER, view -> view);

        String shown = browser.awaitPage(page, "Your payment is being checked");

        assertThat(shown)
                .contains(order.get("order_uuid"), "help@shop.example", "Please do not pay again.")
                .doesNotContain("name=\"confirm\"", "Back to the shop");
    }

    /** Nothing is asked of the buyer any more, and there was one attempt, which is so now. */
    private void turnsInto(ViewState state, AttemptStatus attempt, UnaryOperator<PaymentView.Builder> more) {
        world.orchestrator.change(
                order.paymentId(),
                view -> more.apply(view.setState(state)
                        .setMissingFields(List.of())
                        .setAttempts(List.of(new ViewedAttempt(1, "PAYONE", attempt, null, false, null)))));
    }
}
