package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a buyer's browser comes from, as a provider is told it. */
@ExtendWith(World.Shared.class)
class BuyerAddressTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOLD = "X-Forwarded-For";
    private static final String LOOPBACK = "127\\.0\\.0\\.1|[0:]+1";

    private final World world;

    BuyerAddressTest(World world) {
        this.world = world;
    }

    @Test
    void it_is_sealed_for_a_provider_that_must_be_told_and_for_no_other() {
        assertThat(sealedAddress(world.http, TestMerchants.INTERAC_SHOP))
                .hasValueSatisfying(address -> assertThat(address).matches(LOOPBACK));
        assertThat(sealedAddress(world.http, TestMerchants.SHOP)).isEmpty();
    }

    @Test
    void a_known_proxy_tells_it() {
        try (EdgeService edge = behind("127.0.0.0/8,::1")) {
            assertThat(sealedAddress(new EdgeClient(edge.port()), TestMerchants.INTERAC_SHOP, TOLD, "192.0.2.7"))
                    .contains("192.0.2.7");
        }
    }

    @Test
    void whoever_connects_past_the_proxy_cannot_make_it_up() {
        try (EdgeService edge = behind("198.51.100.0/24")) {
            assertThat(sealedAddress(new EdgeClient(edge.port()), TestMerchants.INTERAC_SHOP, TOLD, "192.0.2.7"))
                    .hasValueSatisfying(address -> assertThat(address).matches(LOOPBACK));
        }
    }

    private EdgeService behind(String proxies) {
        EdgeService edge =
                world.anotherEdge(Map.of("ingress.address-header", TOLD, "ingress.trusted-proxies", proxies));
        edge.start();
        await().atMost(PATIENCE).until(edge::ready);
        return edge;
    }

    private Optional<String> sealedAddress(EdgeClient edge, String shop, String... headers) {
        Order order = Order.fresh().with("phone", "+1 416 555 0123");
        String payment = shop + '~' + order.get("order_uuid");
        edge.post("/mozello/" + shop + "/checkout", EdgeClient.FORM, order.signed(), headers);
        CheckoutReceived event = world.awaitBody(payment, CheckoutReceived.class);
        assertThat(event.getPlan().getRoutes().getFirst().getEligible()).isTrue();
        List<WrappedKey> keys = await().atMost(PATIENCE)
                .until(
                        () -> world.buyerKeys.stream()
                                .filter(key -> key.getPaymentId().equals(payment))
                                .map(BuyerKey::getKey)
                                .toList(),
                        found -> !found.isEmpty());
        byte[] opened = new BuyerOpener(world.keys).open(payment, event.getBuyer(), keys);
        return BuyerDetailsJson.read(opened).orElseThrow().value(BuyerField.IP_ADDRESS);
    }
}
