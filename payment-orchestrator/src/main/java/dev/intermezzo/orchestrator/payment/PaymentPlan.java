package dev.intermezzo.orchestrator.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    /** The next route after the given one that needs nothing more from the buyer and may be repeated elsewhere. */
    Optional<PlannedRoute> fallbackAfter(PlannedRoute used) {
        boolean passed = false;
        for (PlannedRoute route : routes) {
            if (passed && route.readyToUse() && route.kind() == OperationKind.OPENS_PAGE) {
                return Optional.of(route);
            }
            passed = passed || route.sameWayAs(used);
        }
        return Optional.empty();
    }
}
