package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.schemas.avro.ViewRequested;
import dev.intermezzo.schemas.avro.ViewState;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a waiting page learns what has changed. */
@ExtendWith(World.Shared.class)
class WaitingPageTest {

    private final World world;
    private final Order order = Order.fresh();
    private final Browser browser;

    WaitingPageTest(World world) {
        this.world = world;
        this.browser = world.http.new Browser();
    }

    @Test
    void the_state_is_answered_as_soon_as_it_changes() {
        String page = browser.begin(order);
        long shown = world.orchestrator.latest(order.paymentId()).getSequence();
        CompletableFuture<HttpResponse<String>> poll =
                CompletableFuture.supplyAsync(() -> browser.get(page + "/state?after=" + shown));

        world.orchestrator.change(
                order.paymentId(), view -> view.setState(ViewState.APPROVED).setMissingFields(List.of()));

        assertThat(poll.join().body())
                .isEqualTo("{\"state\":\"approved\",\"sequence\":" + (shown + 1) + ",\"redirect\":\""
                        + order.get("success_url") + "\"}");
    }

    @Test
    void the_state_is_answered_as_it_is_when_nothing_changes_in_time() {
        String page = browser.begin(order);
        long shown = world.orchestrator.latest(order.paymentId()).getSequence();

        HttpResponse<String> poll = browser.get(page + "/state?after=" + shown);

        assertThat(poll.body())
                .isEqualTo("{\"state\":\"awaiting-buyer\",\"sequence\":" + shown + ",\"redirect\":null}");
    }

    @Test
    void the_state_tells_no_address_to_a_browser_without_the_cookie() {
        String page = browser.begin(order);
        browser.post(page + "/details", Map.of("phone", "+14165550123"));

        String poll = world.http.get(page + "/state?after=-1").body();

        assertThat(poll).contains("\"state\":\"in-progress\"", "\"redirect\":null");
    }

    @Test
    void a_view_that_is_on_its_way_is_not_asked_for() {
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
        String page = browser.begin(order);

        assertThat(browser.get(page).body()).contains("Looking up your payment");

        assertThat(world.bodiesOf(order.paymentId(), ViewRequested.class)).isEmpty();
    }

    @Test
    void a_view_that_did_not_come_although_younger_payments_were_answered_is_asked_for() {
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
        String page = browser.begin(order);

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            world.http.checkout(TestMerchants.SHOP, Order.fresh().signed());
            browser.get(page);
            return !world.bodiesOf(order.paymentId(), ViewRequested.class).isEmpty();
        });
    }
}
