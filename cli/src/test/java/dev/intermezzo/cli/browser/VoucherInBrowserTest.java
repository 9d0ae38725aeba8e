package dev.intermezzo.cli.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.intermezzo.cli.browser.BrowserWorld.LATVIAN;
import static dev.intermezzo.cli.browser.BrowserWorld.method;
import static dev.intermezzo.cli.browser.BrowserWorld.phone;
import static dev.intermezzo.cli.browser.BrowserWorld.pin;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Vouchers in a real browser: none is shown again, redeemed twice or asked for in vain. */
@Tag("full")
@ExtendWith(BrowserWorld.Shared.class)
class VoucherInBrowserTest {

    private final BrowserWorld world;

    VoucherInBrowserTest(BrowserWorld world) {
        this.world = world;
    }

    @Test
    void a_rejected_voucher_is_followed_by_a_good_one_and_the_order_is_paid() {
        int before = world.vouchersRedeemed();
        try (Shopper shopper = world.shopper()) {
            world.toChoice(shopper);
            assertThat(pin(shopper.page())).isHidden();
            shopper.picture("20-choice-of-three");
            voucher(shopper.page()).check();
            assertThat(pin(shopper.page())).isVisible();
            phone(shopper.page()).fill(LATVIAN);

            pin(shopper.page()).fill("12+4");
            shopper.button("Continue").click();
            assertThat(pin(shopper.page())).isFocused();
            assertThat(pin(shopper.page())).hasAccessibleDescription(Pattern.compile(".*does not look right.*"));
            shopper.picture("21-voucher-wrong");

            pin(shopper.page()).fill("0234 5678 9012 3456");
            shopper.button("Continue").click();
            shopper.waitFor("The payment was not completed");
            assertThat(shopper.page().locator("main")).containsText("The voucher was not accepted");
            assertThat(voucher(shopper.page())).isChecked();
            shopper.picture("22-voucher-declined");
            shopper.button("Try again").click();

            shopper.waitFor("Choose how to pay");
            assertThat(voucher(shopper.page())).isChecked();
            assertThat(pin(shopper.page())).hasValue("");
            assertThat(phone(shopper.page())).hasCount(0);
            shopper.picture("23-voucher-again");
            pin(shopper.page()).fill("1111 2222 3333 4444");
            shopper.button("Continue").click();

            shopper.waitFor("Thank you");
            assertThat(shopper.page().url())
                    .startsWith(world.sandbox().shop().base().toString());
            assertThat(world.vouchersRedeemed()).isEqualTo(before + 1);
            assertNowhere(shopper, "1111222233334444");
        }
    }

    @Test
    void after_a_decline_the_buyer_pays_with_another_method() {
        try (Shopper shopper = world.shopper()) {
            world.toChoice(shopper);
            voucher(shopper.page()).check();
            phone(shopper.page()).fill(LATVIAN);
            pin(shopper.page()).fill("9234567890123456");
            shopper.button("Continue").click();
            shopper.waitFor("The payment was not completed");

            shopper.page().getByLabel("Cryptocurrency (ForumPay)").check();
            shopper.button("Try again").click();

            shopper.waitFor("Confirm your payment");
            shopper.button("Approve").click();
            shopper.waitFor("Thank you");
            assertThat(shopper.complaints()).isEmpty();
        }
    }

    @Test
    void a_voucher_of_which_nobody_knows_is_being_checked_and_none_is_asked_for_again() {
        try (Shopper shopper = world.shopper()) {
            String payPage = world.toChoice(shopper);
            voucher(shopper.page()).check();
            phone(shopper.page()).fill(LATVIAN);
            pin(shopper.page()).fill("7234567890123456");
            shopper.button("Continue").click();

            shopper.waitFor("Your payment is being checked");
            assertThat(shopper.page().locator("form")).hasCount(0);
            shopper.picture("24-voucher-checked");
            Page second = shopper.newTab();
            second.navigate(payPage);
            Shopper.waitFor(second, "Your payment is being checked");
        }
    }

    @Test
    void the_form_of_a_second_tab_redeems_no_second_voucher() {
        int before = world.vouchersRedeemed();
        try (Shopper shopper = world.shopper()) {
            Page second = twoForms(shopper);
            pin(shopper.page()).fill("1111 2222 3333 5555");
            shopper.button("Continue").click();
            shopper.waitFor("Thank you");

            pin(second).fill("1111 2222 3333 6666");
            Shopper.button(second, "Continue").click();

            Shopper.waitFor(second, "Thank you");
            assertThat(world.vouchersRedeemed()).isEqualTo(before + 1);
            world.assertOrderBecomes(shopper, PaymentStatus.PAID);
        }
    }

    @Test
    void a_form_that_another_tab_has_left_behind_is_shown_anew_instead_of_redeeming_its_voucher() {
        int before = world.vouchersRedeemed();
        try (Shopper shopper = world.shopper()) {
            Page second = twoForms(shopper);
            pin(shopper.page()).fill("0111 2222 3333 7777");
            shopper.button("Continue").click();
            shopper.waitFor("The payment was not completed");
            shopper.button("Try again").click();
            shopper.waitFor("Choose how to pay");

            pin(second).fill("1111 2222 3333 7777");
            Shopper.button(second, "Continue").click();

            Shopper.waitFor(second, "Choose how to pay");
            assertThat(second.locator("main")).containsText("The voucher was not accepted");
            Shopper.picture(second, "26-voucher-form-anew");
            assertThat(world.vouchersRedeemed()).isEqualTo(before);
            voucher(second).check();
            pin(second).fill("1111 2222 3333 7777");
            Shopper.button(second, "Continue").click();
            Shopper.waitFor(second, "Thank you");
            assertThat(world.vouchersRedeemed()).isEqualTo(before + 1);
        }
    }

    /** The same form in two tabs, with everything but the PIN. */
    private Page twoForms(Shopper shopper) {
        String payPage = world.toChoice(shopper);
        Page second = shopper.newTab();
        second.navigate(payPage);
        for (Page tab : List.of(shopper.page(), second)) {
            voucher(tab).check();
            phone(tab).fill(LATVIAN);
        }
        return second;
    }

    @Test
    void after_three_vouchers_the_method_is_gone_and_the_others_are_there() {
        try (Shopper shopper = world.shopper()) {
            world.toChoice(shopper);
            voucher(shopper.page()).check();
            phone(shopper.page()).fill(LATVIAN);
            for (int voucher = 1; voucher <= 3; voucher++) {
                pin(shopper.page()).fill("823456789012345" + voucher);
                shopper.button("Continue").click();
                shopper.waitFor("The payment was not completed");
                if (voucher < 3) {
                    shopper.button("Try again").click();
                    shopper.waitFor("Choose how to pay");
                }
            }

            assertThat(voucher(shopper.page())).hasCount(0);
            assertThat(shopper.page().getByRole(AriaRole.RADIO)).hasCount(2);
        }
    }

    @Test
    void a_voucher_needs_no_script() {
        try (Shopper shopper = world.shopperWithoutScript()) {
            world.toChoice(shopper);
            voucher(shopper.page()).check();
            phone(shopper.page()).fill(LATVIAN);
            pin(shopper.page()).fill("123");
            shopper.button("Continue").click();
            assertThat(pin(shopper.page())).hasValue("");
            assertThat(shopper.page().locator("#voucherPin-error")).isVisible();
            assertThat(phone(shopper.page())).hasValue("+37120000000");
            shopper.picture("25-voucher-without-javascript");

            pin(shopper.page()).fill("1111 5555 3333 4444");
            shopper.button("Continue").click();

            shopper.waitFor("Thank you");
        }
    }

    private static Locator voucher(Page tab) {
        return method(tab, "FLEXEPIN");
    }

    private void assertNowhere(Shopper shopper, String pin) {
        assertThat(shopper.asked()).noneMatch(address -> address.toString().contains(pin));
        assertThat(shopper.cookies(world.sandbox().ingress())).noneMatch(cookie -> cookie.value.contains(pin));
    }
}
