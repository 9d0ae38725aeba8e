package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten times as many checkouts as there are places: the edge sheds at once, and sheds no webhook. */
@ExtendWith(World.Shared.class)
class FloodTest {

    private static final int PLACES = 4;
    private static final int FLOOD = 10 * PLACES;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void checkouts_beyond_the_places_are_shed_with_their_form_while_accepted_ones_and_webhooks_go_through(
            EmbeddedBroker broker) {
        Map<String, String> settings = Map.of(
                "ingress.max-in-flight",
                String.valueOf(PLACES),
                "ingress.max-turned-away",
                String.valueOf(FLOOD),
                "ingress.checkout-deadline",
                "10s",
                "ingress.view-wait",
                "10s");
        try (World world = new World(broker, settings);
                ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Order> orders = Stream.generate(
                            () -> Order.fresh().with("phone", "+1 416 555 0123").with("language_code", "lv"))
                    .limit(FLOOD)
                    .toList();
            orders.forEach(order -> world.orchestrator.script(order.paymentId(), (event, before) -> List.of()));

            List<CompletableFuture<HttpResponse<String>>> answers = orders.stream()
                    .map(order -> CompletableFuture.supplyAsync(
                            () -> world.http.checkout(TestMerchants.SHOP, order.signed()), buyers))
                    .toList();
            String transaction = "tx-" + Order.uuid();
            List<Integer> webhooks = IntStream.rangeClosed(1, FLOOD)
                    .mapToObj(amount -> world.webhook(transaction, amount).statusCode())
                    .toList();
            await().atMost(LONG)
                    .until(() ->
                            answers.stream().filter(CompletableFuture::isDone).count() == FLOOD - PLACES);

            assertThat(webhooks).containsOnly(200);
            assertThat(world.measured("intermezzo.ingress.in.flight", "kind", "browsers"))
                    .isEqualTo(PLACES);
            assertThat(world.measured("intermezzo.ingress.shed", "kind", "browsers"))
                    .isEqualTo(FLOOD - PLACES);
            List<Order> accepted = IntStream.range(0, FLOOD)
                    .filter(i -> !answers.get(i).isDone())
                    .mapToObj(orders::get)
                    .toList();
            accepted.forEach(order -> answered(world, order));
            for (int i = 0; i < FLOOD; i++) {
                HttpResponse<String> answer = answers.get(i).join();
                boolean taken = accepted.contains(orders.get(i));
                assertThat(answer.statusCode()).isEqualTo(taken ? 303 : 503);
                assertThat(world.bodiesOf(orders.get(i).paymentId(), CheckoutReceived.class))
                        .hasSize(taken ? 1 : 0);
                if (taken) {
                    assertThat(EdgeClient.location(answer))
                            .isEqualTo(FakeOrchestrator.page(orders.get(i).paymentId(), 1)
                                    .toString());
                } else {
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                    assertThat(answer.body()).contains("<html lang=\"lv\">", "Mēģināt vēlreiz");
                    assertThat(Order.encoded(HiddenForm.of(answer.body()).fields()))
                            .isEqualTo(orders.get(i).signed());
                }
            }
            Order later = Order.fresh().with("phone", "+1 416 555 0123");
            assertThat(world.http.checkout(TestMerchants.SHOP, later.signed()).statusCode())
                    .as("what was taken is given back")
                    .isEqualTo(303);
        }
    }

    @Test
    void checkouts_are_turned_away_with_their_form_while_the_pipeline_is_behind(EmbeddedBroker broker) {
        Map<String, String> settings = Map.of("ingress.view-wait", "10ms", "ingress.most-behind", "2s");
        try (World world = new World(broker, settings)) {
            Order waiting = unanswered(world);
            assertThat(world.http.checkout(TestMerchants.SHOP, waiting.signed()).statusCode())
                    .isEqualTo(303);
            await().atMost(LONG).until(() -> world.measured("intermezzo.ingress.pipeline.delay") > 2);

            // One a second is let through in each partition.
            List<Order> letThrough = new ArrayList<>();
            Order late = unanswered(world);
            HttpResponse<String> refused = world.http.checkout(TestMerchants.SHOP, late.signed());
            while (refused.statusCode() == 303) {
                letThrough.add(late);
                assertThat(letThrough).hasSizeLessThan(200);
                late = unanswered(world);
                refused = world.http.checkout(TestMerchants.SHOP, late.signed());
            }

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(refused.body()).contains("pipeline-behind");
            assertThat(Order.encoded(HiddenForm.of(refused.body()).fields())).isEqualTo(late.signed());
            assertThat(world.measured("intermezzo.ingress.shed", "kind", "pipeline-behind"))
                    .isEqualTo(1);
            answered(world, waiting);
            letThrough.forEach(order -> answered(world, order));
            await().atMost(LONG).until(() -> world.measured("intermezzo.ingress.pipeline.delay") == 0);
            assertThat(world.eventsOf(late.paymentId())).isEmpty();
            assertThat(world.http.checkout(TestMerchants.SHOP, late.signed()).statusCode())
                    .isEqualTo(303);
        }
    }

    private static Order unanswered(World world) {
        Order order = Order.fresh();
        world.orchestrator.script(order.paymentId(), (event, before) -> List.of());
        return order;
    }

    @Test
    void forms_beyond_those_that_are_read_to_be_offered_again_get_a_page_without(EmbeddedBroker broker) {
        Map<String, String> settings = Map.of(
                "ingress.max-in-flight", "1",
                "ingress.max-turned-away", "1",
                "ingress.checkout-deadline", "10s",
                "ingress.view-wait", "10s");
        try (World world = new World(broker, settings)) {
            Order waiting = Order.fresh().with("phone", "+1 416 555 0123");
            world.orchestrator.script(waiting.paymentId(), (event, before) -> List.of());
            CompletableFuture<HttpResponse<String>> occupying =
                    CompletableFuture.supplyAsync(() -> world.http.checkout(TestMerchants.SHOP, waiting.signed()));
            await().atMost(LONG)
                    .until(() -> !world.eventsOf(waiting.paymentId()).isEmpty());
            try (SlowUpload upload = new SlowUpload(world.edge.port())) {
                await().atMost(LONG)
                        .until(() -> world.measured("intermezzo.ingress.in.flight", "kind", "turned-away") == 1);

                HttpResponse<String> refused =
                        world.http.checkout(TestMerchants.SHOP, Order.fresh().signed());

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(refused.body()).contains("busy").doesNotContain("id=\"again\"");
                assertThat(upload.isOpen()).isTrue();
            }
            answered(world, waiting);
            assertThat(occupying.join().statusCode()).isEqualTo(303);
        }
    }

    private static void answered(World world, Order order) {
        world.orchestrator.script(order.paymentId(), world.orchestrator::usual);
        await().atMost(LONG).until(() -> !world.eventsOf(order.paymentId()).isEmpty());
        world.orchestrator.take(world.eventsOf(order.paymentId()).getFirst());
    }
}
