package dev.intermezzo.cli.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hosted checkout in a real browser: a choice of method, vouchers, and another way after a decline. */
@Tag("full")
class VoucherInBrowserTest {

    private static final String PHONE = "+371 20000000";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Chromium chromium;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static SandboxWorld world;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
    }

    @AfterAll
    static void stop() {
        world.close();
        chromium.close();
    }

    @Test
    void a_rejected_voucher_is_followed_by_a_good_one_and_the_order_is_paid() {
        int before = world.cashier().redeemedVouchers().size();
        try (Shopper shopper = chromium.shopper(true)) {
            toChoice(shopper);
            assertThat(pin(shopper.page())).isHidden();
            shopper.picture("20-choice-of-three");
            shopper.page().getByLabel("Voucher (Flexepin)").check();
            assertThat(pin(shopper.page())).isVisible();
            shopper.page().getByLabel("Telephone number").fill(PHONE);

            pin(shopper.page()).fill("12+4");
            shopper.button("Continue").click();
            assertThat(pin(shopper.page())).isFocused();
            assertThat(pin(shopper.page())).hasAccessibleDescription(Pattern.compile(".*does not look right.*"));
            shopper.picture("21-voucher-wrong");

            pin(shopper.page()).fill("0234 5678 9012 3456");
            shopper.button("Continue").click();
            shopper.waitFor("The payment was not completed");
            assertThat(shopper.page().locator("main")).containsText("The voucher was not accepted");
            assertThat(shopper.page().getByLabel("Voucher (Flexepin)")).isChecked();
            shopper.picture("22-voucher-declined");
            shopper.button("Try again").click();

            shopper.waitFor("Choose how to pay");
            assertThat(shopper.page().getByLabel("Voucher (Flexepin)")).isChecked();
            assertThat(pin(shopper.page())).hasValue("");
            assertThat(shopper.page().getByLabel("Telephone number")).hasCount(0);
            shopper.picture("23-voucher-again");
            pin(shopper.page()).fill("1111 2222 3333 4444");
            shopper.button("Continue").click();

            shopper.waitFor("Thank you");
            assertThat(shopper.page().url()).startsWith(world.shop().base().toString());
            assertThat(world.cashier().redeemedVouchers()).hasSize(before + 1);
            assertNowhere(shopper, "1111222233334444");
        }
    }

    @Test
    void after_a_decline_the_buyer_pays_with_another_method() {
        try (Shopper shopper = chromium.shopper(true)) {
            toChoice(shopper);
            shopper.page().getByLabel("Voucher (Flexepin)").check();
            shopper.page().getByLabel("Telephone number").fill(PHONE);
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
        try (Shopper shopper = chromium.shopper(true)) {
            String payPage = toChoice(shopper);
            shopper.page().getByLabel("Voucher (Flexepin)").check();
            shopper.page().getByLabel("Telephone number").fill(PHONE);
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
    void after_three_vouchers_the_method_is_gone_and_the_others_are_there() {
        try (Shopper shopper = chromium.shopper(true)) {
            toChoice(shopper);
            shopper.page().getByLabel("Voucher (Flexepin)").check();
            shopper.page().getByLabel("Telephone number").fill(PHONE);
            for (int voucher = 1; voucher <= 3; voucher++) {
                pin(shopper.page()).fill("823456789012345" + voucher);
                shopper.button("Continue").click();
                shopper.waitFor("The payment was not completed");
                if (voucher < 3) {
                    shopper.button("Try again").click();
                    shopper.waitFor("Choose how to pay");
                }
            }

            assertThat(shopper.page().getByLabel("Voucher (Flexepin)")).hasCount(0);
            assertThat(shopper.page().getByRole(AriaRole.RADIO)).hasCount(2);
        }
    }

    @Test
    void a_voucher_needs_no_script() {
        try (Shopper shopper = chromium.shopper(false)) {
            shopper.page().navigate(world.shop().base() + "/");
            shopper.button("Checkout").last().click();
            shopper.button("Continue").click();
            shopper.waitFor("A few details are missing");
            shopper.page().getByLabel("Voucher (Flexepin)").check();
            shopper.page().getByLabel("Telephone number").fill(PHONE);
            pin(shopper.page()).fill("123");
            shopper.button("Continue").click();
            assertThat(pin(shopper.page())).hasValue("");
            assertThat(shopper.page().locator("#voucherPin-error")).isVisible();
            assertThat(shopper.page().getByLabel("Telephone number")).hasValue("+37120000000");
            shopper.picture("25-voucher-without-javascript");

            pin(shopper.page()).fill("1111 5555 3333 4444");
            shopper.button("Continue").click();

            shopper.waitFor("Thank you");
        }
    }

    /** From the shop's window to the choice of a method; returns the payment's address. */
    private static String toChoice(Shopper shopper) {
        shopper.page().navigate(world.shop().base() + "/");
        shopper.button("Checkout").last().click();
        shopper.waitFor("A few details are missing");
        return shopper.page().url().replaceFirst("\\?.*", "");
    }

    private static Locator pin(Page page) {
        return page.getByLabel("Voucher PIN");
    }

    private static void assertNowhere(Shopper shopper, String pin) {
        assertThat(shopper.asked()).noneMatch(address -> address.toString().contains(pin));
        assertThat(shopper.cookies(world.ingress())).noneMatch(cookie -> cookie.value.contains(pin));
    }
}
