package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.RouteChoice.PassedOver;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Chooses among the routes of a dossier's plan, and says why. */
final class Routing {

    private static final int NONE = 0;

    private Routing() {}

    /** What keeps a route from being chosen. */
    private interface Obstacle {
        Optional<RouteReason> of(PlannedRoute route);
    }

    /** The first route that the payment can use, details of the buyer apart: of this provider, or of any. */
    static RouteChoice first(Dossier dossier, @Nullable String provider) {
        Obstacle obstacle = route -> dossier.obstacle(route).or(() -> otherThan(provider, route));
        int place = firstWithout(obstacle, dossier.plan(), 1);
        RouteReason chosen = provider == null ? RouteReason.FIRST_IN_ORDER : RouteReason.CHOSEN_BY_BUYER;
        return new RouteChoice(
                place,
                (place == NONE ? RouteReason.NONE_USABLE : chosen).code(),
                "",
                passedOver(obstacle, dossier.plan(), 1, place));
    }

    private static Optional<RouteReason> otherThan(@Nullable String provider, PlannedRoute route) {
        return provider == null || route.provider().equals(provider)
                ? Optional.empty()
                : Optional.of(RouteReason.OTHER_THAN_CHOSEN);
    }

    /** None, because the buyer is asked; passed over are those that are not offered. */
    static RouteChoice byTheBuyer(Dossier dossier) {
        return new RouteChoice(
                NONE, RouteReason.BUYER_IS_ASKED.code(), "", passedOver(dossier::obstacle, dossier.plan(), 1, NONE));
    }

    /**
     * The next route after a call that opened nothing: one that needs nothing more from the buyer and moves no money. There is
     * none after a call that moves money, or that nobody waits for (payments, "Calling the Cashier").
     *
     * @param awaited the buyer waits for the call
     * @param after what became of the call
     */
    static RouteChoice next(Dossier dossier, Attempt failed, boolean awaited, Reason after) {
        if (!awaited) {
            return noOther(RouteReason.BUYER_NOT_WAITING.code(), after);
        }
        if (failed.movesMoney()) {
            return noOther(RouteReason.MOVES_MONEY.code(), after);
        }
        return Attempts.refusalHere(dossier)
                .map(refusal -> noOther(refusal.code(), after))
                .orElseGet(() -> behind(failed.route(), dossier.plan(), after));
    }

    private static RouteChoice noOther(String because, Reason after) {
        return new RouteChoice(NONE, because, after.code(), List.of());
    }

    private static RouteChoice behind(PlannedRoute used, PaymentPlan plan, Reason after) {
        int from = placesFrom(1, plan)
                        .filter(place -> plan.route(place).sameWayAs(used))
                        .findFirst()
                        .orElse(plan.routes().size())
                + 1;
        int place = firstWithout(Routing::keptFromFallback, plan, from);
        return new RouteChoice(
                place,
                (place == NONE ? RouteReason.NONE_LEFT : RouteReason.NEXT_IN_ORDER).code(),
                after.code(),
                passedOver(Routing::keptFromFallback, plan, from, place));
    }

    /** What keeps a route from being tried while the buyer waits for another one's page. */
    private static Optional<RouteReason> keptFromFallback(PlannedRoute route) {
        if (!route.eligible()) {
            return Optional.of(RouteReason.NOT_ELIGIBLE);
        }
        if (route.kind() == OperationKind.MOVES_MONEY) {
            return Optional.of(RouteReason.MOVES_MONEY);
        }
        return route.missingFields().isEmpty() ? Optional.empty() : Optional.of(RouteReason.NEEDS_FROM_BUYER);
    }

    private static int firstWithout(Obstacle obstacle, PaymentPlan plan, int from) {
        return placesFrom(from, plan)
                .filter(place -> obstacle.of(plan.route(place)).isEmpty())
                .findFirst()
                .orElse(NONE);
    }

    /** What something keeps from being chosen, up to the chosen one. */
    private static List<PassedOver> passedOver(Obstacle obstacle, PaymentPlan plan, int from, int chosen) {
        return placesFrom(from, plan)
                .filter(place -> chosen == NONE || place < chosen)
                .boxed()
                .flatMap(place -> obstacle.of(plan.route(place)).stream()
                        .map(why -> new PassedOver(place, why.code(), details(why, plan.route(place)))))
                .toList();
    }

    private static List<String> details(RouteReason why, PlannedRoute route) {
        if (why == RouteReason.NOT_ELIGIBLE) {
            return route.ineligibleReasons();
        }
        return why == RouteReason.NEEDS_FROM_BUYER ? route.missingFields() : List.of();
    }

    private static IntStream placesFrom(int from, PaymentPlan plan) {
        return IntStream.rangeClosed(from, plan.routes().size());
    }
}
