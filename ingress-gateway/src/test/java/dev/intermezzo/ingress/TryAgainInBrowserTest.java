package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import dev.intermezzo.ingress.pages.PageBrowser;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real browser without scripts sends a refused checkout again: the same bytes, as the signature proves. */
@ExtendWith(World.Shared.class)
class TryAgainInBrowserTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SHOP = "http://shop.example/";
    private static final Map<String, String> ESCAPES = Map.of("&", "&amp;", "<", "&lt;", "\"", "&quot;");

    @Test
    void a_refused_checkout_is_sent_again_without_scripts_and_leads_to_the_payment(EmbeddedBroker broker)
            throws IOException {
        Map<String, String> settings = Map.of(
                "ingress.public-url", "http://localhost:8080",
                "ingress.max-in-flight", "1",
                "ingress.checkout-deadline", "10s",
                "ingress.view-wait", "10s");
        try (World world = new World(broker, settings);
                PageBrowser chromium = new PageBrowser();
                BrowserContext context = chromium.context(new Browser.NewContextOptions()
                        .setJavaScriptEnabled(false)
                        .setViewportSize(390, 844))) {
            Order occupying = Order.fresh().with("phone", "+1 416 555 0123");
            world.orchestrator.script(occupying.paymentId(), (event, before) -> List.of());
            CompletableFuture<HttpResponse<String>> served =
                    CompletableFuture.supplyAsync(() -> world.http.checkout(TestMerchants.SHOP, occupying.signed()));
            await().atMost(LONG)
                    .until(() -> !world.eventsOf(occupying.paymentId()).isEmpty());
            Order order = Order.fresh()
                    .with("billing_company", "  \"Kalniņa & dēli\" <SIA> 😀\r\n2. stāvs ")
                    .with("language_code", "lv");
            Page tab = context.newPage();

            Response refused = checkout(world, context, tab, order);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(tab.locator("h1:visible").count()).isEqualTo(1);
            picture(tab, "phone");
            tab.setViewportSize(1280, 800);
            picture(tab, "desktop");
            Response stillRefused = answer(world, tab, () -> again(tab));
            assertThat(stillRefused.status()).isEqualTo(503);

            world.orchestrator.script(occupying.paymentId(), world.orchestrator::usual);
            world.orchestrator.take(world.eventsOf(occupying.paymentId()).getFirst());
            assertThat(served.join().statusCode()).isEqualTo(303);
            Response taken = answer(world, tab, () -> again(tab));
            assertThat(taken.status()).isEqualTo(303);
            tab.waitForURL("http://localhost:" + world.edge.port() + "/pay/**");
            assertThat(world.awaitBody(order.paymentId(), CheckoutReceived.class)
                            .getInvoiceId())
                    .isEqualTo(order.get("invoice_id"));
        }
    }

    /** From the shop's own page, as Mozello's is: a form of hidden fields that the buyer's browser posts here. */
    private static Response checkout(World world, BrowserContext context, Page tab, Order order) {
        String fields = order.signedFields().entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"" + field.getKey() + "\" value=\""
                        + escaped(field.getValue()) + "\">")
                .collect(Collectors.joining("\n"));
        String form = "<!doctype html><meta charset=\"utf-8\"><form method=\"post\" action=\"http://localhost:"
                + world.edge.port() + "/mozello/" + TestMerchants.SHOP + "/checkout\">" + fields
                + "<button>Checkout</button></form>";
        context.route(
                SHOP + "**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html; charset=utf-8")
                        .setBody(form)));
        tab.navigate(SHOP);
        return answer(world, tab, () -> tab.click("button"));
    }

    /** What the edge answers to a form, as the browser heard it. */
    private static Response answer(World world, Page tab, Runnable press) {
        Response answer = tab.waitForResponse(
                response ->
                        response.url().contains("/mozello/") && response.url().contains(":" + world.edge.port()),
                press);
        tab.waitForLoadState();
        return answer;
    }

    private static void again(Page tab) {
        tab.click("button:visible[form=again]");
    }

    private static String escaped(String text) {
        String escaped = text;
        for (String each : List.of("&", "<", "\"")) {
            escaped = escaped.replace(each, Objects.requireNonNull(ESCAPES.get(each)));
        }
        return escaped;
    }

    private static void picture(Page tab, String device) {
        tab.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", device, "try-again-lv.png")));
    }
}
