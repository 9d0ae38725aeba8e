package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stop in order: no new work, what is under way is finished, nothing waits for its full time. */
@ExtendWith(World.Shared.class)
class StopTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void a_stop_says_so_first_finishes_what_is_being_served_and_releases_the_pages_that_wait(EmbeddedBroker broker) {
        Map<String, String> settings = Map.of(
                "ingress.checkout-deadline", "10s",
                "ingress.view-wait", "10s",
                "ingress.long-poll", "28s",
                "ingress.stop-wait", "20s",
                "ingress.stop-notice", "1s");
        try (World world = new World(broker, settings)) {
            Browser browser = world.http.new Browser();
            Order shown = Order.fresh().with("phone", "+1 416 555 0123");
            browser.checkout(shown);
            String page = EdgeClient.location(browser.get("/return/" + TestMerchants.ACCOUNT));
            String poll = page.substring(0, page.indexOf('?')) + "/state?after=1000";
            CompletableFuture<HttpResponse<String>> polling = CompletableFuture.supplyAsync(() -> browser.get(poll));
            Order order = Order.fresh().with("phone", "+1 416 555 0123");
            world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
            CompletableFuture<HttpResponse<String>> serving =
                    CompletableFuture.supplyAsync(() -> world.http.checkout(TestMerchants.SHOP, order.signed()));
            await().atMost(LONG).until(() -> !world.eventsOf(order.paymentId()).isEmpty());
            await().atMost(LONG).until(() -> world.measured("intermezzo.ingress.in.flight", "kind", "polls") == 1);

            CompletableFuture<Void> stopping = CompletableFuture.runAsync(world.edge::close);
            await().atMost(LONG).until(() -> !world.edge.ready());

            assertThat(world.edge.notReadyBecause()).contains("stopping");
            assertThat(world.webhook("tx-" + Order.uuid(), 1).statusCode())
                    .as("during the notice everything is served")
                    .isEqualTo(200);
            assertThat(polling.join().statusCode()).isEqualTo(200);
            assertThat(serving).as("the one that is being served").isNotDone();
            assertThat(stopping).isNotDone();

            world.orchestrator.script(order.paymentId(), world.orchestrator::usual);
            world.orchestrator.take(world.eventsOf(order.paymentId()).getFirst());
            assertThat(serving.join().statusCode()).isEqualTo(303);
            stopping.join();
            assertThatThrownBy(() -> world.http.get("/"))
                    .as("nobody listens any more")
                    .isInstanceOf(UncheckedIOException.class);
        }
    }
}
