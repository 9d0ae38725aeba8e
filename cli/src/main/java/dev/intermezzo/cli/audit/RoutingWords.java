package dev.intermezzo.cli.audit;

import static dev.intermezzo.cli.audit.Words.plain;

import dev.intermezzo.cli.audit.Story.Routing;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.RouteChoice;
import dev.intermezzo.orchestrator.payment.RouteChoice.PassedOver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which route was chosen and why, and which were passed over and why, in the codes of docs/codes.md. */
final class RoutingWords {
    private RoutingWords() {}

    static String of(Routing routing) {
        RouteChoice choice = routing.choice();
        StringBuilder words = new StringBuilder(
                        choice.route() == 0 ? "no route" : name(choice.route(), routing.routes()))
                .append(" chosen: ")
                .append(plain(choice.because()));
        if (!choice.after().isEmpty()) {
            words.append(", after ").append(plain(choice.after()));
        }
        choice.passedOver()
                .forEach(each -> words.append("; ")
                        .append(name(each.route(), routing.routes()))
                        .append(" passed over: ")
                        .append(reason(each)));
        return words.toString();
    }

    static Map<String, Object> row(Routing routing) {
        RouteChoice choice = routing.choice();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("route", choice.route());
        row.put("provider", choice.route() == 0 ? "" : provider(choice.route(), routing.routes()));
        row.put("because", choice.because());
        row.put("after", choice.after());
        row.put(
                "passed_over",
                choice.passedOver().stream()
                        .map(each -> row(each, routing.routes()))
                        .toList());
        return row;
    }

    private static Map<String, Object> row(PassedOver passed, List<PlannedRoute> routes) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("route", passed.route());
        row.put("provider", provider(passed.route(), routes));
        row.put("reason", passed.reason());
        row.put("details", passed.details());
        return row;
    }

    private static String reason(PassedOver passed) {
        return passed.details().isEmpty()
                ? plain(passed.reason())
                : plain(passed.reason()) + " (" + plain(String.join(", ", passed.details())) + ")";
    }

    private static String name(int place, List<PlannedRoute> routes) {
        return "route %d (%s)".formatted(place, plain(provider(place, routes)));
    }

    private static String provider(int place, List<PlannedRoute> routes) {
        return routes.get(place - 1).provider();
    }
}
