package dev.intermezzo.orchestrator.payment;

import java.time.Duration;
import java.util.List;

/**
 * Everything about the merchant that decisions need, frozen into the event that begins an attempt.
 *
 * @param settingsRevision revision of the merchant's settings that the plan was made from
 * @param routes in the merchant's order
 * @param orderTime the order may be paid for this long after its checkout
 * @param testShop only such a shop is told approved from a sandbox account
 * @param buyerChooses with several eligible routes the buyer chooses; otherwise the first is used
 */
public record PaymentPlan(
        String settingsRevision,
        String catalogueVersion,
        List<PlannedRoute> routes,
        Duration orderTime,
        NoWordPolicy noWord,
        boolean testShop,
        boolean buyerChooses) {

    public PaymentPlan {
        routes = List.copyOf(routes);
    }

    /** Routes that this payment can use, details of the buyer apart. */
    public List<PlannedRoute> eligible() {
        return routes.stream().filter(PlannedRoute::eligible).toList();
    }

    /** @param place in the order, from 1 */
    PlannedRoute route(int place) {
        return routes.get(place - 1);
    }
}
