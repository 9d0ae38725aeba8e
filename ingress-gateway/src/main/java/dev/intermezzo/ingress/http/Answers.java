package dev.intermezzo.ingress.http;

import dev.intermezzo.runtime.metrics.Tally;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** How often each kind of request was answered how. Safe for several threads. */
public final class Answers {
    private final Map<Asked, Tally<Answered>> counts = new EnumMap<>(Asked.class);

    /** What was asked for. */
    private enum Asked {
        CHECKOUT,
        WEBHOOK,
        VERIFICATION,
        PAGE,
        RETURN,
        OTHER;

        static Asked of(String route) {
            if (route.startsWith("/mozarto/{account}/users/")) {
                return VERIFICATION;
            } else if (route.startsWith("/mozarto/") || route.endsWith("/notifications")) {
                return WEBHOOK;
            } else if (route.startsWith("/mozello/")) {
                return CHECKOUT;
            } else if (route.startsWith("/pay/")) {
                return PAGE;
            } else {
                return route.startsWith("/return/") ? RETURN : OTHER;
            }
        }
    }

    /** What the status says. */
    private enum Answered {
        OK,
        REDIRECTED,
        REFUSED,
        FAILED;

        static Answered of(int status) {
            if (status < 300) {
                return OK;
            } else if (status < 400) {
                return REDIRECTED;
            } else {
                return status < 500 ? REFUSED : FAILED;
            }
        }
    }

    public Answers() {
        for (Asked asked : Asked.values()) {
            counts.put(asked, new Tally<>(Answered.class));
        }
    }

    /** @param route pattern that serves it */
    public void count(String route, int status) {
        Objects.requireNonNull(counts.get(Asked.of(route))).count(Answered.of(status));
    }

    public void bind(MeterRegistry meters) {
        counts.forEach((asked, tally) -> tally.bind(
                meters,
                "intermezzo.ingress.requests",
                "Requests, by what was asked for and how it was answered",
                "answer",
                "kind",
                asked.name().toLowerCase(Locale.ROOT)));
    }
}
