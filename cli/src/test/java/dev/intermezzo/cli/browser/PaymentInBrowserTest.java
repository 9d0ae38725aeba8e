package dev.intermezzo.cli.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.intermezzo.cli.browser.BrowserWorld.CANADIAN;
import static dev.intermezzo.cli.browser.BrowserWorld.LATVIAN;
import static dev.intermezzo.cli.browser.BrowserWorld.phone;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A buyer's whole way in a real browser, through every stage, a real broker and the simulated partners. */
@ExtendWith(BrowserWorld.Shared.class)
class PaymentInBrowserTest {
    private final BrowserWorld world;

    PaymentInBrowserTest(BrowserWorld world) {
        this.world = world;
    }

    @Test
    void an_approved_payment_makes_the_order_paid() {
        try (Shopper shopper = world.shopper()) {
            String payPage = world.toDetails(shopper);
            shopper.picture("02-details");

            phone(shopper.page()).fill("12");
            shopper.button("Continue").click();
            assertErrorIsBesideTheField(shopper);
            shopper.picture("03-details-error");
            phone(shopper.page()).fill(CANADIAN);
            shopper.button("Continue").click();

            shopper.waitFor("Confirm your payment");
            shopper.picture("04-provider");
            assertCookieIsKeptSafe(shopper);
            shopper.button("Approve").click();

            shopper.waitFor("Thank you");
            shopper.picture("06-shop-success");
            shopper.link("See the order").click();
            assertThat(shopper.page().getByRole(AriaRole.STATUS)).hasText("Paid. Thank you!");
            shopper.picture("07-order-paid");

            world.assertOrderBecomes(shopper, PaymentStatus.PAID);

            shopper.page().navigate(payPage);
            shopper.waitFor("Thank you, your payment is confirmed");
            assertThat(shopper.page().locator("main")).containsText("Your payment is confirmed.");
            shopper.picture("05-approved");
            world.assertWellBehaved(shopper, "responded with a status of 422");
        }
    }

    @Test
    void a_declined_payment_leads_back_to_the_shop_and_makes_the_order_failed() {
        try (Shopper shopper = world.shopper()) {
            world.toProvider(shopper);
            shopper.button("Decline").click();

            shopper.waitFor("The payment was not completed");
            assertThat(shopper.page().locator("main")).containsText("No money was taken");
            assertThat(shopper.button("Try again")).isVisible();
            shopper.picture("08-not-completed");
            shopper.button("Back to the shop").click();

            shopper.page()
                    .waitForURL(
                            address -> address.startsWith(world.sandbox().shop().base() + "/failure"));
            shopper.picture("09-shop-failure");
            shopper.link("See the order").click();
            assertThat(shopper.page().getByRole(AriaRole.STATUS)).containsText("Payment failed");
            shopper.picture("10-order-failed");

            world.assertOrderBecomes(shopper, PaymentStatus.FAILED);
            world.assertWellBehaved(shopper);
        }
    }

    @Test
    void everything_works_without_javascript() {
        try (Shopper shopper = world.shopperWithoutScript()) {
            shopper.page().navigate(world.sandbox().shop().base() + "/");
            shopper.button("Checkout").first().click();
            shopper.picture("11-leaving-without-javascript");
            shopper.button("Continue").click();

            shopper.waitFor("A few details are missing");
            phone(shopper.page()).fill(CANADIAN);
            shopper.button("Continue").click();
            shopper.waitFor("Confirm your payment");
            shopper.button("Approve").click();
            shopper.waitFor("Thank you");
            shopper.link("See the order").click();

            assertThat(shopper.page().getByRole(AriaRole.STATUS)).hasText("Paid. Thank you!");
            world.assertOrderBecomes(shopper, PaymentStatus.PAID);
            world.assertWellBehaved(shopper);
        }
    }

    @Test
    void a_second_tab_waits_beside_the_provider_and_follows_the_result() {
        try (Shopper shopper = world.shopper()) {
            String payPage = world.toDetails(shopper);
            phone(shopper.page()).fill(CANADIAN);
            shopper.button("Continue").click();
            shopper.waitFor("Confirm your payment");

            Page second = shopper.newTab();
            second.navigate(payPage);
            Shopper.waitFor(second, "Waiting for your payment");
            Shopper.picture(second, "12-second-tab-waiting");
            shopper.button("Approve").click();

            second.waitForURL(
                    address -> address.startsWith(world.sandbox().shop().base() + "/success"));
            shopper.waitFor("Thank you");
            world.assertWellBehaved(shopper);
        }
    }

    @Test
    void the_address_of_a_payment_tells_another_browser_nothing_about_the_buyer() {
        try (Shopper buyer = world.shopper();
                Shopper stranger = world.shopper()) {
            String payPage = world.toDetails(buyer);

            stranger.page().navigate(payPage);

            stranger.waitFor("Payment");
            assertThat(stranger.page().locator("main")).containsText("started in another browser");
            assertThat(stranger.page().locator("form")).hasCount(0);
            assertThat(stranger.page().locator("body")).not().containsText("avery@example.com");
            stranger.picture("13-another-browser");
            world.assertWellBehaved(stranger);
        }
    }

    @Test
    void the_return_page_tells_a_browser_without_the_cookie_nothing_about_any_payment() {
        try (Shopper buyer = world.shopper();
                Shopper stranger = world.shopper()) {
            world.toProvider(buyer);

            stranger.page().navigate(world.sandbox().returnAddress().toString());

            stranger.waitFor("Back from the payment page");
            assertThat(stranger.page().locator("body")).not().containsText("Demo Shop");
            assertThat(stranger.page().locator("body")).not().containsText("CAD");
            assertThat(stranger.page().locator("main a, main form")).hasCount(0);
            stranger.picture("14-return-neutral");
            assertThat(stranger.cookies(world.sandbox().ingress())).isEmpty();
            world.assertWellBehaved(stranger);
        }
    }

    @Test
    void several_open_payments_are_told_apart_on_the_way_back() {
        try (Shopper shopper = world.shopper()) {
            world.toProvider(shopper);
            world.toProvider(shopper);

            shopper.page().navigate(world.sandbox().returnAddress().toString());

            shopper.waitFor("Which payment do you come from?");
            assertThat(shopper.page().locator(".payments a")).hasCount(2);
            shopper.picture("15-return-several");
            world.assertWellBehaved(shopper);
        }
    }

    @Test
    void a_buyer_who_paid_before_comes_back_to_the_order_just_paid() {
        try (Shopper shopper = world.shopper()) {
            world.toProvider(shopper);
            shopper.button("Approve").click();
            shopper.waitFor("Thank you");
            world.toProvider(shopper);

            shopper.button("Approve").click();

            shopper.waitFor("Thank you");
            world.assertWellBehaved(shopper);
        }
    }

    @Test
    void a_page_that_works_once_is_left_to_the_first_tab_and_the_buyer_may_start_again_at_another_provider() {
        try (Shopper shopper = world.shopper()) {
            shopper.page().navigate(world.sandbox().shop().base() + "/");
            shopper.button("Checkout").last().click();
            shopper.waitFor("A few details are missing");
            String payPage = shopper.page().url().replaceFirst("\\?.*", "");
            shopper.page().getByLabel("Card (Trust Payments)").check();
            phone(shopper.page()).fill(LATVIAN);
            shopper.picture("16-choice-with-details");
            shopper.button("Continue").click();
            shopper.waitFor("Confirm your payment");
            shopper.picture("17-trust");

            Page second = shopper.newTab();
            second.navigate(payPage + "?page-language=lv");
            Shopper.picture(second, "18-other-tab-lv");
            second.navigate(payPage + "?page-language=en");
            Shopper.waitFor(second, "Waiting for your payment");
            assertThat(second.locator("main")).containsText("opened in another tab");
            assertThat(second.locator("main a.button")).hasCount(0);
            Shopper.picture(second, "18-other-tab-en");
            second.getByLabel("Cryptocurrency (ForumPay)").check();
            second.getByLabel("if I already paid, I must not pay again").check();
            Shopper.button(second, "Start again").click();
            Shopper.waitFor(second, "Confirm your payment");
            Shopper.picture(second, "19-forumpay");
            Shopper.button(second, "Approve").click();

            second.waitForURL(
                    address -> address.startsWith(world.sandbox().shop().base() + "/success"));
            world.assertWellBehaved(shopper);
        }
    }

    private static void assertErrorIsBesideTheField(Shopper shopper) {
        Locator field = phone(shopper.page());
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasValue("12");
        assertThat(field).isFocused();
        assertThat(field).hasAccessibleDescription(Pattern.compile(".*(short|check).*"));
        assertThat(shopper.page().locator("#phone-error")).isVisible();
    }

    /** On plain http, which only loopback may be, browsers refuse the prefix and the Secure flag; the rest holds here too. */
    private void assertCookieIsKeptSafe(Shopper shopper) {
        assertThat(shopper.cookies(world.sandbox().ingress())).singleElement().satisfies(cookie -> {
            assertThat(cookie.name).startsWith("imz-");
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            assertThat(cookie.path).isEqualTo("/");
            assertThat(cookie.domain).isEqualTo(world.sandbox().ingress().getHost());
            assertThat(cookie.value).doesNotContain("avery");
        });
        assertThat((String) shopper.page().evaluate("document.cookie")).isEmpty();
    }
}
