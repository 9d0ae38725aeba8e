package dev.intermezzo.ingress.tokens;

import java.util.List;

/**
 * What a route still asks of the buyer, as it was judged when the browser's form was last seen.
 *
 * @param missing names, never values, of details
 */
public record RouteGap(String provider, String account, List<String> missing) {

    public RouteGap {
        missing = List.copyOf(missing);
    }
}
