package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.check.PlannedPayment;
import dev.intermezzo.sandbox.check.Scenario;
import dev.intermezzo.sandbox.check.Visit;
import dev.intermezzo.sandbox.check.Visit.Ending;
import dev.intermezzo.sandbox.load.Browser.Reply;
import dev.intermezzo.sandbox.load.Place.AtBridge;
import dev.intermezzo.sandbox.load.Place.AtEnd;
import dev.intermezzo.sandbox.load.Place.AtProvider;
import dev.intermezzo.sandbox.load.Walk.State;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.SignedForm;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One buyer from the shop's checkout to the last page, as planned. Used once. */
final class Journey {

    /** States in which a payment's buyer can stop waiting. */
    private static final Set<String> DECIDED = Set.of("approved", "not-paid", "under-review");

    private final PlannedPayment planned;
    private final OrderSnapshot order;
    private final SignedForm form;
    private final Browser browser;
    private final Walk walk;
    private final UnaryOperator<URI> wayBack;
    private final InstantSource clock;
    private final Executor tabs;
    private final boolean opposite;
    private final Set<URI> used = new HashSet<>();

    private boolean accepted;
    private boolean sentTwice;
    private @Nullable Instant redirected;

    /**
     * @param wayBack from a provider's page to the address that it sends buyers back to, the same for all of its company
     * @param tabs runs a second tab
     * @param opposite press the other button than planned, which the checker must find
     */
    Journey(
            PlannedPayment planned,
            OrderSnapshot order,
            SignedForm form,
            Browser browser,
            Walk walk,
            UnaryOperator<URI> wayBack,
            InstantSource clock,
            Executor tabs,
            boolean opposite) {
        this.planned = planned;
        this.order = order;
        this.form = form;
        this.browser = browser;
        this.walk = walk;
        this.wayBack = wayBack;
        this.clock = clock;
        this.tabs = tabs;
        this.opposite = opposite;
    }

    Visit run() {
        Instant sent = clock.instant();
        try {
            return visit(sent, travel(), null);
        } catch (JourneyException | IOException | CompletionException e) {
            return visit(sent, null, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return visit(sent, null, "interrupted");
        }
    }

    private Visit visit(Instant sent, @Nullable Ending ending, @Nullable String problem) {
        @Nullable Instant details = walk.detailsSent();
        return new Visit(
                planned.number(),
                order.uuid(),
                accepted,
                details == null ? sent : details,
                redirected,
                details != null,
                sentTwice,
                browser.turnedAway(),
                ending,
                problem);
    }

    private Ending travel() throws IOException, InterruptedException, JourneyException {
        Place place = walk.toProvider(checkout(), Set.of());
        if (!(place instanceof AtProvider provider)) {
            return ending(place);
        }
        redirected = clock.instant();
        return switch (planned.scenario()) {
            case APPROVED, DOUBLE_CLICK, DETAILS_MISSING, WRONG_AMOUNT -> pressed(provider, button("approve"));
            case DECLINED -> pressed(provider, button("decline"));
            case DECLINED_THEN_APPROVED -> declinedThenApproved(provider);
            case SURPLUS -> surplus(provider);
        };
    }

    private Place checkout() throws IOException, InterruptedException, JourneyException {
        if (planned.scenario() == Scenario.DOUBLE_CLICK) {
            return doubleClick();
        }
        return arrived(posted());
    }

    private Reply posted() throws IOException, InterruptedException {
        return browser.post(form.action(), form.encoded());
    }

    private Place arrived(Reply reply) throws IOException, InterruptedException, JourneyException {
        accepted = reply.redirects();
        if (!accepted) {
            throw new JourneyException("the checkout answered HTTP " + reply.status());
        }
        return walk.follow(reply);
    }

    /** Both posts are the same checkout; the buyer goes on in the tab that reached the provider. */
    private Place doubleClick() throws IOException, InterruptedException, JourneyException {
        CompletableFuture<Reply> other = CompletableFuture.supplyAsync(this::secondClick, tabs);
        Reply first = posted();
        Reply second = other.join();
        sentTwice = first.redirects() && second.redirects();
        Place one = arrived(first);
        Place two = arrived(second);
        return one instanceof AtProvider ? one : two;
    }

    private Reply secondClick() {
        try {
            return posted();
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Presses one button and sees the payment through to its last page. */
    private Ending pressed(AtProvider provider, String button)
            throws IOException, InterruptedException, JourneyException {
        return seenThrough(walk.press(provider, button));
    }

    private Ending declinedThenApproved(AtProvider first) throws IOException, InterruptedException, JourneyException {
        AtProvider second = anotherPage(first, declined(first));
        return pressed(second, button("approve"));
    }

    private AtBridge declined(AtProvider provider) throws IOException, InterruptedException, JourneyException {
        AtBridge bridge = atBridge(walk.press(provider, "decline"));
        State state = walk.awaitState(bridge, DECIDED);
        if (!state.name().equals("not-paid")) {
            throw new JourneyException("after a decline the state is " + state.name());
        }
        return bridge;
    }

    /** Two pages open in two tabs, both paid before the buyer looks at either tab again. */
    private Ending surplus(AtProvider first) throws IOException, InterruptedException, JourneyException {
        AtProvider second = anotherPage(first, atBridge(walk.leaveProvider(wayBack.apply(first.page()))));
        walk.pressAndStay(first, "approve");
        return pressed(second, "approve");
    }

    private AtProvider anotherPage(AtProvider first, AtBridge bridge)
            throws IOException, InterruptedException, JourneyException {
        used.add(first.page());
        Place place = walk.toProvider(walk.again(bridge), used);
        if (place instanceof AtProvider second) {
            return second;
        }
        throw new JourneyException("another attempt led to " + place);
    }

    private Ending seenThrough(Place place) throws IOException, InterruptedException, JourneyException {
        if (!(place instanceof AtBridge bridge)) {
            return ending(place);
        }
        State state = walk.awaitState(bridge, DECIDED);
        return switch (state.name()) {
            case "under-review" -> Ending.BEING_CHECKED;
            case "not-paid" -> ending(walk.back(bridge));
            default -> ending(state.place(walk));
        };
    }

    /** A last page; a bridge page after "back to the shop" says by its state where it leads. */
    private Ending ending(Place place) throws IOException, InterruptedException, JourneyException {
        return switch (place) {
            case AtEnd end -> end.ending();
            case AtProvider provider ->
                throw new JourneyException("sent to the provider once more: " + provider.page());
            case AtBridge bridge -> ending(walk.toProvider(bridge, used));
        };
    }

    private static AtBridge atBridge(Place place) throws JourneyException {
        if (place instanceof AtBridge bridge) {
            return bridge;
        }
        throw new JourneyException("the way back from the provider led to " + place);
    }

    private String button(String planned) {
        if (!opposite) {
            return planned;
        }
        return planned.equals("approve") ? "decline" : "approve";
    }
}
