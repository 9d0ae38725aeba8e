package dev.intermezzo.orchestrator.payment;

import java.util.List;
import java.util.Optional;

/**
 * What one event made of the routes of the dossier's plan.
 *
 * @param route place in the plan's order, from 1; 0: none was chosen
 * @param because code of a {@link RouteReason}, or of the {@link Reason} for which no further attempt may begin
 * @param after code of the {@link Reason} for which another route than the last attempt's was looked for; empty: it was not
 * @param passedOver what came before the chosen one and was not taken; without a chosen one, whatever could not be
 */
public record RouteChoice(int route, String because, String after, List<PassedOver> passedOver) {

    /**
     * A route that was not taken.
     *
     * @param route place in the plan's order, from 1
     * @param reason code of a {@link RouteReason}
     * @param details of {@code not-eligible}: the plan's reasons; of {@code needs-from-buyer}: names, never values, of what
     *     is missing; else empty
     */
    public record PassedOver(int route, String reason, List<String> details) {

        public PassedOver {
            details = List.copyOf(details);
        }
    }

    public RouteChoice {
        passedOver = List.copyOf(passedOver);
    }

    /** The chosen route of the plan that the choice was made among. */
    Optional<PlannedRoute> in(PaymentPlan plan) {
        return route == 0 ? Optional.empty() : Optional.of(plan.route(route));
    }
}
