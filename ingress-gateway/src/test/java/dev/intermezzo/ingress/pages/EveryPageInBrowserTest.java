package dev.intermezzo.ingress.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page as people meet it: on a small phone, in the dark, by keyboard, by screen reader as far as axe-core knows. */
class EveryPageInBrowserTest {
    /** Day, month, year, and the button that opens the calendar. */
    private static final int PARTS_OF_A_DATE = 4;

    /** Languages that axe-core judges, which takes its time, and whose pictures are kept in {@code target/screenshots}. */
    private static final List<String> PICTURED = List.of("lv", "de");

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static PageBrowser browser;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String axe;

    @BeforeAll
    static void start() throws IOException {
        browser = new PageBrowser();
        axe = PageBrowser.axe();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    static List<String> languages() {
        return Texts.LANGUAGES;
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_page_fits_a_small_phone_is_accessible_and_loads_nothing_foreign(String language) {
        List<String> asked = new ArrayList<>();
        try (BrowserContext context = browser.context(new Browser.NewContextOptions())) {
            context.onRequest(request -> asked.add(request.url()));
            Page tab = context.newPage();
            EveryPageTest.all(language).forEach((name, html) -> {
                tab.setViewportSize(320, 640);
                tab.navigate(browser.at(name, html));

                assertThat((Integer) tab.evaluate("document.documentElement.scrollWidth"))
                        .as(name)
                        .isLessThanOrEqualTo(320);
                if (PICTURED.contains(language)) {
                    assertThat(violations(tab)).as(name).isEmpty();
                    picture(tab, "phone", 390, 844, name + '-' + language);
                    picture(tab, "desktop", 1280, 800, name + '-' + language);
                }
            });
        }
        assertThat(asked).isNotEmpty().allMatch(address -> address.startsWith(browser.base() + "/"));
    }

    @Test
    void the_dark_colours_have_contrast_and_nothing_moves_where_that_is_wished() {
        Browser.NewContextOptions dark =
                new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK).setReducedMotion(ReducedMotion.REDUCE);
        try (BrowserContext context = browser.context(dark)) {
            Page tab = context.newPage();
            EveryPageTest.all("en").forEach((name, html) -> {
                tab.navigate(browser.at(name, html));

                assertThat(violations(tab)).as(name).isEmpty();
                assertThat(tab.evaluate("document.getAnimations().length"))
                        .as(name)
                        .isEqualTo(0);
            });
        }
    }

    @Test
    void the_keyboard_reaches_everything_in_the_order_of_the_page_and_shows_where_it_is() {
        try (BrowserContext context = browser.context(new Browser.NewContextOptions())) {
            Page tab = context.newPage();
            EveryPageTest.all("en").forEach((name, html) -> {
                // Starting in a wrong field is tested in the whole flow; here the walk begins at the top.
                tab.navigate(browser.at(name, html.replace(" autofocus", "")));
                int stops = (Integer) tab.evaluate("() => document.querySelectorAll('"
                        + "a[href], button, select, input:not([type=hidden]):not([type=radio]), input:checked[type=radio]"
                        + "').values().filter(e => e.checkVisibility()).toArray().length");
                List<Integer> walked = new ArrayList<>();
                for (int i = 0; i < stops; i++) {
                    walked.add(nextStop(tab));
                    assertThat(tab.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                            .as(name)
                            .isEqualTo("solid");
                }
                assertThat(walked).as(name).isSorted().doesNotHaveDuplicates();
            });
        }
    }

    /** The parts of a date, and its button, are stops of their own in the browser and one to us. */
    private static Integer nextStop(Page tab) {
        Integer before = focused(tab);
        for (int part = 0; part < PARTS_OF_A_DATE; part++) {
            tab.keyboard().press("Tab");
            if (!focused(tab).equals(before)) {
                break;
            }
        }
        return focused(tab);
    }

    private static Integer focused(Page tab) {
        return (Integer) tab.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)");
    }

    @Test
    void the_enter_key_sends_the_form_and_not_a_language() {
        try (BrowserContext context = browser.context(new Browser.NewContextOptions())) {
            Page tab = context.newPage();
            tab.navigate(browser.at("details", html("details")));
            tab.locator("#phone").fill("+14165550123");
            tab.locator("#countryCode").selectOption("LV");
            tab.locator("#birthDate").fill("1990-01-15");
            tab.locator("#gender").selectOption("female");

            Request sent = tab.waitForRequest(
                    "**/pay/token/details", () -> tab.locator("#phone").press("Enter"));

            assertThat(Objects.requireNonNull(sent.postData()))
                    .contains("phone=")
                    .doesNotContain(Languages.PARAMETER);
        }
    }

    @Test
    void a_form_is_checked_before_it_is_sent_and_the_first_slip_is_where_one_goes_on() {
        try (BrowserContext context = browser.context(new Browser.NewContextOptions())) {
            List<String> sent = new ArrayList<>();
            context.onRequest(request -> sent.add(request.method()));
            Page tab = context.newPage();
            tab.navigate(browser.at("voucher-choice", html("voucher-choice")));
            assertThat(tab.locator("#phone").isVisible()).isFalse();
            tab.locator("#voucherPin").fill("12+4");

            tab.locator("#voucherPin").press("Enter");

            assertThat(tab.locator("#voucherPin-error").textContent())
                    .isEqualTo(Texts.in("en").of("problem.invalid"));
            assertThat(tab.evaluate("document.activeElement.id")).isEqualTo("voucherPin");
            assertThat(sent).doesNotContain("POST");
        }
    }

    @Test
    void a_refusal_is_read_in_the_chosen_language_without_asking_again() {
        try (BrowserContext context = browser.context(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page tab = context.newPage();
            tab.navigate(browser.at("refusal", html("refusal")));
            assertThat(tab.locator("h1:visible").allTextContents()).containsExactly("This did not work");

            tab.locator("footer a[lang=ru]").click();

            assertThat(tab.locator("h1:visible").allTextContents()).containsExactly("Не получилось");
        }
    }

    @Test
    void a_page_that_leads_on_does_so_after_a_while() {
        try (BrowserContext context = browser.context(new Browser.NewContextOptions())) {
            Page tab = atSuccess(context);

            tab.clock().runFor(10_000);

            tab.waitForURL("https://shop.example/success");
        }
    }

    @Test
    void a_reader_who_presses_a_key_is_not_taken_away() {
        try (BrowserContext context = browser.context(new Browser.NewContextOptions())) {
            Page tab = atSuccess(context);
            tab.keyboard().press("Tab");

            tab.clock().runFor(10_000);

            assertThat(tab.url()).startsWith(browser.base());
        }
    }

    private static Page atSuccess(BrowserContext context) {
        context.route("https://shop.example/**", route -> route.fulfill(new Route.FulfillOptions().setBody("shop")));
        Page tab = context.newPage();
        tab.clock().install();
        tab.navigate(browser.at("success", html("success")));
        return tab;
    }

    private static String html(String name) {
        return Objects.requireNonNull(EveryPageTest.all("en").get(name));
    }

    /** What axe-core finds, best practices included. */
    private static List<?> violations(Page tab) {
        tab.evaluate(axe);
        return (List<?>) tab.evaluate("async () => (await axe.run()).violations"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.target).join(', '))");
    }

    private static void picture(Page tab, String device, int width, int height, String name) {
        tab.setViewportSize(width, height);
        tab.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", device, name + ".png")));
    }
}
