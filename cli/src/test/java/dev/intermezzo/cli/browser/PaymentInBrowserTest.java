package dev.intermezzo.cli.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A buyer's whole way in a real browser, through every stage, a real broker and the simulated partners. */
class PaymentInBrowserTest {
    private static final long MOST_BYTES = 60_000;
    private static final String PHONE = "+1 416 555 0123";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void an_approved_payment_makes_the_order_paid() {
        try (Shopper shopper = chromium.shopper(true)) {
            String payPage = toDetails(shopper);
            shopper.picture("02-details");

            shopper.page().getByLabel("Telephone number").fill("12");
            shopper.button("Continue").click();
            assertErrorIsBesideTheField(shopper);
            shopper.picture("03-details-error");
            shopper.page().getByLabel("Telephone number").fill(PHONE);
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

            assertOrderBecomes(shopper, PaymentStatus.PAID);

            shopper.page().navigate(payPage);
            shopper.waitFor("Thank you, your payment is confirmed");
            assertThat(shopper.page().locator("main")).containsText("Your payment is confirmed.");
            shopper.picture("05-approved");
            assertWellBehaved(shopper, "responded with a status of 422");
        }
    }

    @Test
    void a_declined_payment_leads_back_to_the_shop_and_makes_the_order_failed() {
        try (Shopper shopper = chromium.shopper(true)) {
            toProvider(shopper);
            shopper.button("Decline").click();

            shopper.waitFor("The payment was not completed");
            assertThat(shopper.page().locator("main")).containsText("No money was taken");
            assertThat(shopper.button("Try again")).isVisible();
            shopper.picture("08-not-completed");
            shopper.button("Back to the shop").click();

            shopper.page().waitForURL(address -> address.startsWith(world.shop().base() + "/failure"));
            shopper.picture("09-shop-failure");
            shopper.link("See the order").click();
            assertThat(shopper.page().getByRole(AriaRole.STATUS)).containsText("Payment failed");
            shopper.picture("10-order-failed");

            assertOrderBecomes(shopper, PaymentStatus.FAILED);
            assertWellBehaved(shopper);
        }
    }

    @Test
    void everything_works_without_javascript() {
        try (Shopper shopper = chromium.shopper(false)) {
            shopper.page().navigate(world.shop().base() + "/");
            firstProduct(shopper).click();
            shopper.picture("11-leaving-without-javascript");
            shopper.button("Continue").click();

            shopper.waitFor("A few details are missing");
            shopper.page().getByLabel("Telephone number").fill(PHONE);
            shopper.button("Continue").click();
            shopper.waitFor("Confirm your payment");
            shopper.button("Approve").click();
            shopper.waitFor("Thank you");
            shopper.link("See the order").click();

            assertThat(shopper.page().getByRole(AriaRole.STATUS)).hasText("Paid. Thank you!");
            assertOrderBecomes(shopper, PaymentStatus.PAID);
            assertWellBehaved(shopper);
        }
    }

    @Test
    void a_second_tab_waits_beside_the_provider_and_follows_the_result() {
        try (Shopper shopper = chromium.shopper(true)) {
            String payPage = toDetails(shopper);
            shopper.page().getByLabel("Telephone number").fill(PHONE);
            shopper.button("Continue").click();
            shopper.waitFor("Confirm your payment");

            Page second = shopper.newTab();
            second.navigate(payPage);
            Shopper.waitFor(second, "Waiting for your payment");
            Shopper.picture(second, "12-second-tab-waiting");
            shopper.button("Approve").click();

            second.waitForURL(address -> address.startsWith(world.shop().base() + "/success"));
            shopper.waitFor("Thank you");
            assertWellBehaved(shopper);
        }
    }

    @Test
    void the_address_of_a_payment_tells_another_browser_nothing_about_the_buyer() {
        try (Shopper buyer = chromium.shopper(true);
                Shopper stranger = chromium.shopper(true)) {
            String payPage = toDetails(buyer);

            stranger.page().navigate(payPage);

            stranger.waitFor("Payment");
            assertThat(stranger.page().locator("main")).containsText("started in another browser");
            assertThat(stranger.page().locator("form")).hasCount(0);
            assertThat(stranger.page().locator("body")).not().containsText("avery@example.com");
            stranger.picture("13-another-browser");
            assertWellBehaved(stranger);
        }
    }

    @Test
    void the_return_page_tells_a_browser_without_the_cookie_nothing_about_any_payment() {
        try (Shopper buyer = chromium.shopper(true);
                Shopper stranger = chromium.shopper(true)) {
            toProvider(buyer);

            stranger.page().navigate(world.returnAddress().toString());

            stranger.waitFor("Back from the payment page");
            assertThat(stranger.page().locator("body")).not().containsText("Demo Shop");
            assertThat(stranger.page().locator("body")).not().containsText("CAD");
            assertThat(stranger.page().locator("main a, main form")).hasCount(0);
            stranger.picture("14-return-neutral");
            assertThat(stranger.cookies(world.ingress())).isEmpty();
            assertWellBehaved(stranger);
        }
    }

    @Test
    void several_open_payments_are_told_apart_on_the_way_back() {
        try (Shopper shopper = chromium.shopper(true)) {
            toProvider(shopper);
            toProvider(shopper);

            shopper.page().navigate(world.returnAddress().toString());

            shopper.waitFor("Which payment do you come from?");
            assertThat(shopper.page().locator(".payments a")).hasCount(2);
            shopper.picture("15-return-several");
            assertWellBehaved(shopper);
        }
    }

    @Test
    void a_buyer_who_paid_before_comes_back_to_the_order_just_paid() {
        try (Shopper shopper = chromium.shopper(true)) {
            toProvider(shopper);
            shopper.button("Approve").click();
            shopper.waitFor("Thank you");
            toProvider(shopper);

            shopper.button("Approve").click();

            shopper.waitFor("Thank you");
            assertWellBehaved(shopper);
        }
    }

    @Test
    void a_page_that_works_once_is_left_to_the_first_tab_and_the_buyer_may_start_again_at_another_provider() {
        try (Shopper shopper = chromium.shopper(true)) {
            shopper.page().navigate(world.shop().base() + "/");
            shopper.button("Checkout").last().click();
            shopper.waitFor("A few details are missing");
            String payPage = shopper.page().url().replaceFirst("\\?.*", "");
            shopper.page().getByLabel("Card (Trust Payments)").check();
            shopper.page().getByLabel("Telephone number").fill("+371 20000000");
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

            second.waitForURL(address -> address.startsWith(world.shop().base() + "/success"));
            assertWellBehaved(shopper);
        }
    }

    /** From the shop's window to the form for the missing telephone number; returns the payment's address. */
    private static String toDetails(Shopper shopper) {
        shopper.page().navigate(world.shop().base() + "/");
        shopper.picture("01-shop");
        firstProduct(shopper).click();
        shopper.waitFor("A few details are missing");
        assertThat(shopper.page().url()).startsWith(world.ingress() + "/pay/");
        return shopper.page().url().replaceFirst("\\?.*", "");
    }

    private static void toProvider(Shopper shopper) {
        toDetails(shopper);
        shopper.page().getByLabel("Telephone number").fill(PHONE);
        shopper.button("Continue").click();
        shopper.waitFor("Confirm your payment");
        assertThat(shopper.page().url()).startsWith(world.cashier().base() + "/");
    }

    private static Locator firstProduct(Shopper shopper) {
        return shopper.button("Checkout").first();
    }

    private static void assertErrorIsBesideTheField(Shopper shopper) {
        Locator field = shopper.page().getByLabel("Telephone number");
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasValue("12");
        assertThat(field).isFocused();
        assertThat(field).hasAccessibleDescription(Pattern.compile(".*(short|check).*"));
        assertThat(shopper.page().locator("#phone-error")).isVisible();
    }

    /** On plain http, which only loopback may be, browsers refuse the prefix and the Secure flag; the rest holds here too. */
    private static void assertCookieIsKeptSafe(Shopper shopper) {
        assertThat(shopper.cookies(world.ingress())).singleElement().satisfies(cookie -> {
            assertThat(cookie.name).startsWith("imz-");
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            assertThat(cookie.path).isEqualTo("/");
            assertThat(cookie.domain).isEqualTo(world.ingress().getHost());
            assertThat(cookie.value).doesNotContain("avery");
        });
        assertThat((String) shopper.page().evaluate("document.cookie")).isEmpty();
    }

    private static void assertOrderBecomes(Shopper shopper, PaymentStatus status) {
        String path = URI.create(shopper.page().url()).getPath();
        String uuid = path.substring(path.lastIndexOf('/') + 1);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.shop().order(uuid))
                        .get()
                        .extracting(OrderSnapshot::status, OrderSnapshot::statusChanges)
                        .containsExactly(status, 1));
    }

    /**
     * Whatever happened on the way: no error on a console, nothing foreign loaded, no heavy page.
     *
     * @param expected what the browser itself says on its console about an answer that was meant, in order
     */
    private static void assertWellBehaved(Shopper shopper, String... expected) {
        Set<Integer> ours = List.of(world.shop().base(), world.cashier().base(), world.ingress()).stream()
                .map(URI::getPort)
                .collect(Collectors.toSet());
        assertThat(shopper.complaints()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(shopper.complaints().get(i)).contains(expected[i]);
        }
        assertThat(shopper.asked()).isNotEmpty().allSatisfy(address -> {
            assertThat(address.getHost()).isIn("127.0.0.1", "localhost");
            assertThat(address.getPort()).isIn(ours);
        });
        assertThat(shopper.weights(world.ingress())).isNotEmpty();
        assertThat(shopper.weights(world.ingress()).values())
                .allSatisfy(weight -> assertThat(weight).isPositive().isLessThanOrEqualTo(MOST_BYTES));
    }
}
