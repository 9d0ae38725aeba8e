package dev.intermezzo.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermezzo.sandbox.check.Visit.Ending;
import dev.intermezzo.sandbox.load.Browser.Reply;
import dev.intermezzo.sandbox.load.Place.AtBridge;
import dev.intermezzo.sandbox.load.Place.AtEnd;
import dev.intermezzo.sandbox.load.Place.AtProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moves one browser between shop, bridge and provider, by what the pages say and nothing else. */
final class Walk {

    /** No honest chain of pages is longer. */
    private static final int MOST_REDIRECTS = 6;

    private static final Pattern PAY_PAGE = Pattern.compile("/pay/[A-Za-z0-9_.~-]+");

    private static final Pattern REFRESH =
            Pattern.compile("(?is)<meta\\s+http-equiv=\"refresh\"\\s+content=\"\\s*\\d+\\s*;\\s*url=([^\"]+)\"");

    private static final Pattern WAY_BACK = Pattern.compile("(?is)<a class=\"button\" href=\"([^\"]+)\"");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Browser browser;
    private final Market market;
    private final URI shop;
    private final URI cashier;
    private final InstantSource clock;
    private final long deadline;
    private @Nullable Instant detailsSent;

    /** @param market says what the buyer types, and which provider is chosen where there is a choice */
    Walk(Browser browser, Market market, URI shop, URI cashier, InstantSource clock, Duration patience) {
        this.browser = browser;
        this.market = market;
        this.shop = shop;
        this.cashier = cashier;
        this.clock = clock;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** When the details were sent; null while the bridge has not asked for any. */
    @Nullable
    Instant detailsSent() {
        return detailsSent;
    }

    /** Follows redirects until a page stands still. */
    Place follow(Reply first) throws IOException, InterruptedException, JourneyException {
        Reply reply = first;
        for (int step = 0; step < MOST_REDIRECTS; step++) {
            URI next = reply.location();
            if (!reply.redirects()) {
                return landed(reply);
            }
            if (under(next, cashier)) {
                return new AtProvider(next);
            }
            if (under(next, shop)) {
                return end(next);
            }
            reply = browser.get(next);
        }
        throw new JourneyException("more than " + MOST_REDIRECTS + " redirects");
    }

    /**
     * From the bridge's page on to the provider, giving details when they are asked for. Details are given once: a page
     * that has not heard of them yet may still show that it waits for them.
     */
    Place toProvider(Place from, Set<URI> used) throws IOException, InterruptedException, JourneyException {
        Place place = from;
        while (place instanceof AtBridge bridge) {
            @Nullable URI onward = bridge.onward();
            place = onward != null && !used.contains(onward) ? new AtProvider(onward) : next(bridge, used);
        }
        if (place instanceof AtProvider provider && used.contains(provider.page())) {
            throw new JourneyException("a used provider page was shown again");
        }
        return place;
    }

    private Place next(AtBridge bridge, Set<URI> used) throws IOException, InterruptedException, JourneyException {
        State state = await(
                bridge,
                seen -> seen.leadsOn(used) || seen.underReview() || (seen.asksDetails() && detailsSent == null));
        if (!state.leadsOn(used)) {
            return state.underReview() ? new AtEnd(Ending.BEING_CHECKED) : giveDetails(bridge);
        }
        // A page that works once is not named here: our own page is, which leads there when it is opened.
        URI address = bridge.page().resolve(state.redirect());
        return under(address, bridge.page()) ? follow(browser.get(address)) : state.place(this);
    }

    /** Waits on the bridge's page until the payment has one of these states. */
    State awaitState(AtBridge bridge, Set<String> states) throws IOException, InterruptedException, JourneyException {
        return await(bridge, seen -> states.contains(seen.name()));
    }

    /** Presses a button of the provider's page and comes back to the bridge. */
    Place press(AtProvider provider, String button) throws IOException, InterruptedException, JourneyException {
        return follow(pressAndStay(provider, button));
    }

    /** Presses a button of the provider's page; a page that is decided already offers the way back instead. */
    Reply pressAndStay(AtProvider provider, String button) throws IOException, InterruptedException, JourneyException {
        Reply page = browser.get(provider.page());
        PageForm form = PageForm.find(page, "/" + button).orElse(null);
        if (form != null) {
            return browser.post(form.action(), form.fields());
        }
        Matcher back = WAY_BACK.matcher(page.body());
        if (!back.find()) {
            throw new JourneyException("the provider's page has no button to " + button);
        }
        return browser.get(page.address().resolve(back.group(1)));
    }

    /** Comes back to the bridge by the static return address, as a buyer does who leaves the provider's page. */
    Place leaveProvider(URI returnAddress) throws IOException, InterruptedException, JourneyException {
        return follow(browser.get(returnAddress));
    }

    /** Asks for another attempt; ticks what has to be ticked. */
    Place again(AtBridge bridge) throws IOException, InterruptedException, JourneyException {
        return submit(form(bridge, "/again"), Map.of("confirm", "yes"));
    }

    /** Gives up and goes back to the shop. */
    Place back(AtBridge bridge) throws IOException, InterruptedException, JourneyException {
        return submit(form(bridge, "/back"), Map.of());
    }

    private Place giveDetails(AtBridge bridge) throws IOException, InterruptedException, JourneyException {
        PageForm form = form(bridge, "/details");
        detailsSent = clock.instant();
        return submit(form, market.details());
    }

    private PageForm form(AtBridge bridge, String suffix) throws IOException, InterruptedException, JourneyException {
        Reply page = browser.get(bridge.page());
        PageForm form = PageForm.find(page, suffix).orElse(null);
        if (form == null) {
            throw new JourneyException("the page offers no " + suffix + " (HTTP " + page.status() + ")");
        }
        return form;
    }

    /** Fills what the form leaves empty, and chooses the provider where there is a choice. */
    private Place submit(PageForm form, Map<String, String> typed)
            throws IOException, InterruptedException, JourneyException {
        Map<String, String> fields = new LinkedHashMap<>(form.fields());
        typed.forEach((name, value) -> fields.computeIfPresent(name, (key, held) -> held.isEmpty() ? value : held));
        fields.replace("provider", market.method());
        return follow(browser.post(form.action(), fields));
    }

    private State await(AtBridge bridge, Predicate<State> wanted)
            throws IOException, InterruptedException, JourneyException {
        long after = -1;
        String last = "nothing";
        while (System.nanoTime() < deadline) {
            Reply reply = browser.get(URI.create(bridge.page() + "/state?after=" + after));
            if (reply.status() != 200) {
                throw new JourneyException("the state answered HTTP " + reply.status());
            }
            State state = State.of(JSON.readTree(reply.body()));
            if (wanted.test(state)) {
                return state;
            }
            last = state.name();
            after = Math.max(after, state.sequence());
        }
        throw new JourneyException("patience ended while the state was " + last);
    }

    private Place landed(Reply reply) throws JourneyException {
        if (reply.status() != 200) {
            throw new JourneyException(
                    "HTTP " + reply.status() + " from " + reply.address().getPath());
        }
        String path = reply.address().getPath();
        Matcher own = PAY_PAGE.matcher(path);
        if (own.find() && own.end() == path.length()) {
            // Without a query: acts and the state are asked for below this path.
            return new AtBridge(reply.address().resolve(path), leadsToProvider(reply));
        }
        Matcher refresh = REFRESH.matcher(reply.body());
        if (refresh.find() && under(reply.address().resolve(refresh.group(1)), shop)) {
            return end(reply.address().resolve(refresh.group(1)));
        }
        Matcher linked = PAY_PAGE.matcher(reply.body());
        if (linked.find()) {
            return new AtBridge(reply.address().resolve(linked.group()), null);
        }
        throw new JourneyException(
                "a page that leads nowhere: " + reply.address().getPath());
    }

    private @Nullable URI leadsToProvider(Reply page) {
        Matcher refresh = REFRESH.matcher(page.body());
        if (!refresh.find()) {
            return null;
        }
        URI address = page.address().resolve(unescaped(refresh.group(1)));
        return under(address, cashier) ? address : null;
    }

    /** Only an ampersand can stand in an address of these pages. */
    private static String unescaped(String attribute) {
        return attribute.replace("&amp;", "&");
    }

    private Place end(URI address) throws JourneyException {
        return switch (address.getPath()) {
            case "/success" -> new AtEnd(Ending.SUCCESS);
            case "/failure" -> new AtEnd(Ending.FAILURE);
            default -> throw new JourneyException("an unexpected page of the shop: " + address.getPath());
        };
    }

    private static boolean under(URI address, URI base) {
        return address.getPort() == base.getPort() && base.getHost().equals(address.getHost());
    }

    /** The bridge's JSON about a payment. */
    record State(String name, long sequence, String redirect) {

        private static State of(JsonNode json) {
            return new State(
                    json.path("state").asText(),
                    json.path("sequence").asLong(),
                    json.path("redirect").isTextual() ? json.path("redirect").textValue() : "");
        }

        boolean asksDetails() {
            return name.equals("awaiting-buyer");
        }

        boolean underReview() {
            return name.equals("under-review");
        }

        private boolean leadsOn(Set<URI> used) {
            return !redirect.isEmpty() && !used.contains(URI.create(redirect));
        }

        /** Where its redirect leads. */
        Place place(Walk walk) throws JourneyException {
            if (redirect.isEmpty()) {
                throw new JourneyException("the state " + name + " leads nowhere");
            }
            URI address = URI.create(redirect);
            return under(address, walk.cashier) ? new AtProvider(address) : walk.end(address);
        }
    }
}
