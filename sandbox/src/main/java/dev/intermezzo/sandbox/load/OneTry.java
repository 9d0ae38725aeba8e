package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.load.Browser.Reply;
import dev.intermezzo.sandbox.load.Place.AtProvider;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.SignedForm;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Buyers who send a shop's form once. Whoever is let in goes on until a provider's page is named and does not open it;
 * whoever is told to come back later goes away.
 *
 * <p>They share one client, and threads that cost next to nothing: they are many, on the machine that they put under load.
 */
public final class OneTry implements AutoCloseable {

    private static final Market MARKET = Market.of(Psp.PAYONE);
    private static final BigDecimal AMOUNT = new BigDecimal("49.00");

    /** Longer than anybody is to wait: who has not been led to a provider by then will not be. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = Demo.client(threads);
    private final SimulatedShop shop;
    private final URI cashier;

    /** @param cashier base of the providers' pages */
    public OneTry(SimulatedShop shop, URI cashier) {
        this.shop = shop;
        this.cashier = cashier;
    }

    /** A form as it travels, signed beforehand, so that signing it takes nothing from what is measured. */
    public record Prepared(URI action, String body) {}

    /** What became of one buyer. */
    public sealed interface Outcome {

        /**
         * Let in and led to the provider.
         *
         * @param edge from sending the form to the answer 303
         * @param provider from sending the form to knowing the provider's page
         */
        record Led(Duration edge, Duration provider) implements Outcome {}

        /** Answered 503 with the time after which to come back. */
        record TurnedAway(Duration edge) implements Outcome {}

        /** Let in and not led to the provider. */
        record Stranded(String why) implements Outcome {}

        /** Answered anything else, or not at all. */
        record Odd(String what) implements Outcome {}
    }

    /** The signed form of a new order that can be paid without another question. */
    public Prepared prepare() {
        Buyer buyer = MARKET.buyer("buyer@example.com").withPhone(MARKET.phone());
        SignedForm form = shop.signedForm(shop.newOrder(AMOUNT, MARKET.currency(), buyer, FaultPlan.NONE));
        return new Prepared(form.action(), form.encoded());
    }

    /** Sends a form, on the caller's thread. */
    public Outcome come(Prepared form) throws InterruptedException {
        Browser browser = new Browser(http, PATIENCE);
        long sent = System.nanoTime();
        Reply reply;
        try {
            reply = browser.postOnce(form.action(), form.body());
        } catch (IOException e) {
            return new Outcome.Odd(e.toString());
        }
        Duration edge = since(sent);
        if (reply.status() == 503 && reply.comeBack()) {
            return new Outcome.TurnedAway(edge);
        }
        if (reply.status() != 303) {
            return new Outcome.Odd("HTTP " + reply.status());
        }
        Walk walk = new Walk(browser, MARKET, shop.base(), cashier, InstantSource.system(), PATIENCE);
        try {
            Place place = walk.toProvider(walk.follow(reply), Set.of());
            return place instanceof AtProvider
                    ? new Outcome.Led(edge, since(sent))
                    : new Outcome.Stranded("the payment led to " + place);
        } catch (IOException | JourneyException e) {
            return new Outcome.Stranded(e.toString());
        }
    }

    @Override
    public void close() {
        http.close();
        threads.close();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
