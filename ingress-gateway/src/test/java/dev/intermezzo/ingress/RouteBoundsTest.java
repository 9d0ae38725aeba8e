package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.PlannedRoute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan names the merchant's routes in their order, each with what keeps this order from it. */
@ExtendWith(World.Shared.class)
class RouteBoundsTest {

    private final World world;

    RouteBoundsTest(World world) {
        this.world = world;
    }

    @ParameterizedTest(name = "{0} {1} from {2}: TRUST {3}, FLEXEPIN {4}")
    @CsvSource({
        "9.99, EUR, lv, minimum, minimum",
        "10.00, EUR, lv, '', minimum",
        "49.99, EUR, lv, '', minimum",
        "50.00, EUR, lv, '', ''",
        "100.00, EUR, lv, '', ''",
        "100.01, EUR, lv, maximum, ''",
        "60.00, EUR, ca, country, ''",
        "5.00, EUR, ca, country minimum, minimum",
        "60.00, CAD, lv, currency, currency",
    })
    void a_route_takes_its_currencies_its_countries_and_the_amounts_between_its_bounds_both_included(
            String amount, String currency, String country, String trust, String flexepin) {
        List<PlannedRoute> routes = routes(
                Order.fresh().with("amount", amount).with("currency", currency).with("billing_country_code", country));

        assertThat(routes).extracting(PlannedRoute::getProvider).containsExactly("TRUST", "FLEXEPIN");
        assertThat(routes)
                .extracting(route -> String.join(" ", route.getIneligibleReasons()))
                .containsExactly(trust, flexepin);
        assertThat(routes).extracting(PlannedRoute::getEligible).containsExactly(trust.isEmpty(), flexepin.isEmpty());
    }

    @Test
    void a_country_that_is_not_known_yet_keeps_nobody_from_a_route_and_is_asked_for() {
        PlannedRoute trust = routes(Order.fresh()
                        .with("amount", "60.00")
                        .with("currency", "EUR")
                        .without("billing_country_code"))
                .getFirst();

        assertThat(trust.getEligible()).isTrue();
        assertThat(trust.getMissingFields()).contains("countryCode");
    }

    private List<PlannedRoute> routes(Order order) {
        world.http.checkout(TestMerchants.ROUTED_SHOP, order.signed());
        return world.awaitBody(TestMerchants.ROUTED_SHOP + '~' + order.get("order_uuid"), CheckoutReceived.class)
                .getPlan()
                .getRoutes();
    }
}
