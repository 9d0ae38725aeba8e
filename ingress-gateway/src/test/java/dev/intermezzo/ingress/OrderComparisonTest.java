package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.HoldReason;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.ViewState;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Forms of shops whose orders are compared before money is asked for. */
@ExtendWith(World.Shared.class)
class OrderComparisonTest {

    private final World world;

    OrderComparisonTest(World world) {
        this.world = world;
    }

    @Test
    void a_shop_with_a_store_api_key_is_asked_first_and_its_merchant_says_what_silence_means() {
        assertThat(holds(TestMerchants.COMPARED_SHOP, Order.fresh())).containsExactly("compare-order");
        assertThat(holds(TestMerchants.LENIENT_SHOP, Order.fresh())).containsExactly("compare-order-if-reachable");
        assertThat(holds(TestMerchants.SHOP, Order.fresh())).isEmpty();
    }

    @Test
    void a_comparison_lifts_no_other_hold() {
        Order order = Order.fresh().with("notify_url", "https://elsewhere.example/notify");

        assertThat(holds(TestMerchants.COMPARED_SHOP, order)).containsExactly("host-unlisted", "compare-order");
    }

    @Test
    void a_buyer_whose_shop_confirms_at_once_is_sent_straight_to_the_providers_page() {
        Order order = Order.fresh().with("phone", "+1 416 555 0123");
        String payment = payment(TestMerchants.COMPARED_SHOP, order);
        world.orchestrator.script(payment, this::confirmed);

        HttpResponse<String> answer = world.http.checkout(TestMerchants.COMPARED_SHOP, order.signed());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(answer))
                .isEqualTo(FakeOrchestrator.page(payment, 1).toString());
    }

    @Test
    void a_buyer_whose_shop_takes_its_time_waits_on_our_page() {
        Order order = Order.fresh().with("phone", "+1 416 555 0123");
        String payment = payment(TestMerchants.COMPARED_SHOP, order);
        world.orchestrator.script(payment, (event, before) -> asked(event));

        HttpResponse<String> answer = world.http.checkout(TestMerchants.COMPARED_SHOP, order.signed());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(EdgeClient.location(answer)).startsWith("/pay/");
    }

    private List<String> holds(String shop, Order order) {
        assertThat(world.http.checkout(shop, order.signed()).statusCode()).isEqualTo(303);
        return world.awaitBody(payment(shop, order), CheckoutReceived.class).getHolds().stream()
                .map(HoldReason::getCode)
                .toList();
    }

    private List<PaymentView> asked(PaymentEvent event) {
        return event.getBody() instanceof CheckoutReceived checkout
                ? List.of(world.orchestrator
                        .born(event, checkout)
                        .setState(ViewState.VERIFYING)
                        .build())
                : List.of();
    }

    /** The shop's answer comes as an event of its own; what follows from it answers nobody. */
    private List<PaymentView> confirmed(PaymentEvent event, @Nullable PaymentView before) {
        List<PaymentView> views = new ArrayList<>(asked(event));
        if (!views.isEmpty()) {
            views.addAll(world.orchestrator.atProvider(event, views.getFirst(), 1, false));
        }
        return views;
    }

    private static String payment(String shop, Order order) {
        return shop + '~' + order.get("order_uuid");
    }
}
