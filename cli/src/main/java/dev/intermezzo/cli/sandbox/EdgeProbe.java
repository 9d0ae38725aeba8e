package dev.intermezzo.cli.sandbox;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.SignedForm;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Waits until an edge takes a shop's checkouts: a stage hears of a new merchant a moment after it was applied. */
final class EdgeProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private EdgeProbe() {}

    /** @throws CommandFailure when it does not within a minute, with the last answer */
    static void awaitAccepting(SimulatedShop shop) throws InterruptedException {
        SignedForm form = shop.signedForm(shop.newOrder(new BigDecimal("1.00"), "CAD", FaultPlan.NONE));
        HttpRequest checkout = HttpRequest.newBuilder(form.action())
                .timeout(DEADLINE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
            String last = ask(http, checkout);
            while (!last.equals("HTTP 303")) {
                if (System.nanoTime() > end) {
                    throw new CommandFailure(
                            "edge-not-accepting",
                            "The edge does not take a checkout at " + form.action() + ": " + last + ". Is the ingress"
                                    + " ready, and do --edge, --keys and --bootstrap-servers name one installation?");
                }
                Thread.sleep(PAUSE);
                last = ask(http, checkout);
            }
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
