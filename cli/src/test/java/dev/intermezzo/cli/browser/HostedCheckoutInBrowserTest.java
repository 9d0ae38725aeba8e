package dev.intermezzo.cli.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.intermezzo.cli.browser.BrowserWorld.CANADIAN;
import static dev.intermezzo.cli.browser.BrowserWorld.LATVIAN;
import static dev.intermezzo.cli.browser.BrowserWorld.method;
import static dev.intermezzo.cli.browser.BrowserWorld.phone;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionStatus;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosted checkout in a real browser: several methods, missing details, another way after a decline, other tabs, lost time. */
@Tag("full")
@ExtendWith(BrowserWorld.Shared.class)
class HostedCheckoutInBrowserTest {

    private final BrowserWorld world;

    HostedCheckoutInBrowserTest(BrowserWorld world) {
        this.world = world;
    }

    @ParameterizedTest
    @CsvSource({"TRUST", "FORUMPAY"})
    void of_several_methods_the_one_that_was_chosen_is_paid_with(Psp chosen) {
        int before = world.pagesOpened();
        try (Shopper shopper = world.shopper()) {
            toMethod(shopper, chosen);

            shopper.waitFor("Confirm your payment");
            assertThat(world.pagesOpened()).isEqualTo(before + 1);
            assertThat(world.latestPage().psp()).isEqualTo(chosen);
            shopper.button("Approve").click();

            shopper.waitFor("Thank you");
            world.assertOrderBecomes(shopper, PaymentStatus.PAID);
            world.assertWellBehaved(shopper);
        }
    }

    /** With the page's script the slip is told before anything is sent; without it by the edge, which keeps what was typed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_wrong_phone_is_told_beside_its_field_in_the_buyers_language_and_a_right_one_leads_on(boolean scripted) {
        try (Shopper shopper = scripted ? world.shopper() : world.shopperWithoutScript()) {
            Page page = shopper.page();
            world.leaveShop(shopper, "lv");
            shopper.waitFor("Trūkst dažu datu");
            Locator field = page.getByLabel("Tālruņa numurs");
            page.getByLabel("Maksājumu karte (Trust Payments)").check();
            field.fill("12");
            shopper.button("Turpināt").click();

            assertThat(page.locator("#phone-error")).isVisible();
            assertThat(field).hasAttribute("aria-invalid", "true");
            assertThat(field).hasAccessibleDescription(Pattern.compile(".*(neizskatās pareizi|pārāk īss).*"));
            assertThat(field).isFocused();
            assertThat(field).hasValue("12");
            assertThat(method(page, "TRUST")).isChecked();
            shopper.picture("30-wrong-phone-lv" + (scripted ? "" : "-without-javascript"));

            field.fill(LATVIAN);
            shopper.button("Turpināt").click();

            shopper.waitFor("Confirm your payment");
            assertThat(world.latestPage().psp()).isEqualTo(Psp.TRUST);
        }
    }

    @Test
    void after_a_decline_another_method_pays_the_order_once() {
        int before = world.pagesOpened();
        try (Shopper shopper = world.shopper()) {
            toMethod(shopper, Psp.TRUST);
            shopper.waitFor("Confirm your payment");
            shopper.button("Decline").click();
            shopper.waitFor("The payment was not completed");
            assertThat(shopper.page().locator("main")).containsText("No money was taken");
            shopper.picture("31-declined-with-choice");

            method(shopper.page(), "FORUMPAY").check();
            shopper.button("Try again").click();
            shopper.waitFor("Confirm your payment");
            assertThat(world.latestPage().psp()).isEqualTo(Psp.FORUMPAY);
            shopper.button("Approve").click();

            shopper.waitFor("Thank you");
            world.assertOrderBecomes(shopper, PaymentStatus.PAID);
            assertThat(world.pagesOpened()).isEqualTo(before + 2);
            world.assertWellBehaved(shopper);
        }
    }

    @Test
    void the_form_of_a_second_tab_opens_no_second_page() {
        int before = world.pagesOpened();
        try (Shopper shopper = world.shopper()) {
            String payPage = world.toDetails(shopper);
            Page second = shopper.newTab();
            second.navigate(payPage);
            phone(shopper.page()).fill(CANADIAN);
            shopper.button("Continue").click();
            shopper.waitFor("Confirm your payment");

            phone(second).fill(CANADIAN);
            Shopper.button(second, "Continue").click();

            Shopper.waitFor(second, "Waiting for your payment");
            assertThat(world.pagesOpened()).isEqualTo(before + 1);
            shopper.button("Approve").click();
            Shopper.waitFor(second, "Thank you");
            world.assertOrderBecomes(shopper, PaymentStatus.PAID);
        }
    }

    /** Without the page's script, which would have shown the second tab the news before its button could be pressed. */
    @Test
    void two_tabs_that_start_again_open_one_page_and_make_one_charge() {
        int before = world.pagesOpened();
        try (Shopper shopper = world.shopperWithoutScript()) {
            String payPage = toProviderWithoutScript(shopper);
            Page second = shopper.newTab();
            second.navigate(payPage);
            shopper.page().navigate(payPage);
            startAgain(shopper.page());
            shopper.waitFor("Confirm your payment");
            String opened = shopper.page().url();

            startAgain(second);

            Shopper.waitFor(second, "Waiting for your payment");
            assertThat(second.getByText("Continue to the payment page")).hasAttribute("href", opened);
            Shopper.picture(second, "32-second-tab-after-start-again");
            assertThat(world.pagesOpened()).isEqualTo(before + 2);
            shopper.button("Approve").click();
            shopper.waitFor("Thank you");
            world.assertOrderBecomes(shopper, PaymentStatus.PAID);
            assertThat(world.latestPage().status()).isEqualTo(TransactionStatus.APPROVED);
        }
    }

    @Test
    void a_page_whose_session_ended_is_opened_again_at_the_same_provider() {
        int before = world.pagesOpened();
        try (Shopper shopper = world.shopper()) {
            String payPage = toMethod(shopper, Psp.TRUST);
            shopper.waitFor("Confirm your payment");
            String first = shopper.page().url();
            world.later(Duration.ofMinutes(6), () -> {
                shopper.button("Approve").click();
                shopper.waitFor("The time for this payment is over.");
                shopper.page().navigate(payPage);
                shopper.waitFor("Waiting for your payment");
            });
            assertThat(shopper.page().locator("main")).containsText("Start again to open a new one");
            assertThat(method(shopper.page(), "TRUST")).isChecked();
            assertThat(shopper.page().locator("main a.button")).hasCount(0);
            shopper.picture("33-session-over");
            startAgain(shopper.page());

            shopper.waitFor("Confirm your payment");
            assertThat(shopper.page().url()).isNotEqualTo(first);
            assertThat(world.latestPage().psp()).isEqualTo(Psp.TRUST);
            shopper.button("Approve").click();
            shopper.waitFor("Thank you");
            world.assertOrderBecomes(shopper, PaymentStatus.PAID);
            assertThat(world.pagesOpened()).isEqualTo(before + 2);
            world.assertWellBehaved(shopper, "responded with a status of 410");
        }
    }

    /** From the shop's window through the choice towards a provider; returns the payment's address. */
    private String toMethod(Shopper shopper, Psp chosen) {
        String payPage = world.toChoice(shopper);
        method(shopper.page(), chosen.name()).check();
        phone(shopper.page()).fill(LATVIAN);
        shopper.button("Continue").click();
        return payPage;
    }

    private String toProviderWithoutScript(Shopper shopper) {
        shopper.page().navigate(world.sandbox().shop().base() + "/");
        shopper.button("Checkout").first().click();
        shopper.button("Continue").click();
        shopper.waitFor("A few details are missing");
        String payPage = BrowserWorld.address(shopper.page());
        phone(shopper.page()).fill(CANADIAN);
        shopper.button("Continue").click();
        shopper.waitFor("Confirm your payment");
        return payPage;
    }

    private static void startAgain(Page tab) {
        tab.getByLabel("if I already paid, I must not pay again").check();
        Shopper.button(tab, "Start again").click();
    }
}
