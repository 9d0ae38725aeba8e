package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.SignedForm;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Waits until an edge takes a shop's checkouts: a stage hears of a new merchant a moment after it was applied. */
public final class EdgeProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** A checkout that is taken leads on. */
    private static final String TAKEN = "HTTP 303";

    private EdgeProbe() {}

    /**
     * Waits for a minute at most.
     *
     * @return empty when a checkout was taken, else what the edge answered last
     */
    public static Optional<String> awaitAccepting(SimulatedShop shop) throws InterruptedException {
        SignedForm form = shop.signedForm(shop.newOrder(new BigDecimal("1.00"), "CAD", FaultPlan.NONE));
        HttpRequest checkout = HttpRequest.newBuilder(form.action())
                .timeout(DEADLINE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
            String last = ask(http, checkout);
            while (!last.equals(TAKEN) && System.nanoTime() < end) {
                Thread.sleep(PAUSE);
                last = ask(http, checkout);
            }
            return last.equals(TAKEN) ? Optional.empty() : Optional.of(last);
        }
    }

    private static String ask(HttpClient http, HttpRequest checkout) throws InterruptedException {
        try {
            return "HTTP "
                    + http.send(checkout, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
        } catch (IOException e) {
            return "no answer (" + e.getClass().getSimpleName() + ")";
        }
    }
}
