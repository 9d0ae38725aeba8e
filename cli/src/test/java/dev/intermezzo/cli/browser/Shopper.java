package dev.intermezzo.cli.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One person with one browser and any number of tabs; remembers everything that the browser asked for and complained of. */
final class Shopper implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** A narrow phone and a common desk. */
    private static final Map<String, int[]> SIZES =
            Map.of("phone", new int[] {360, 740}, "desktop", new int[] {1280, 800});

    /** More than the 20 s after which a page that waits for the provider reloads without the script. */
    private static final double PATIENCE_MILLIS = 30_000;

    private final BrowserContext context;
    private final boolean scripted;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    Shopper(BrowserContext context, boolean scripted) {
        this.context = context;
        this.scripted = scripted;
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + " on " + message.page().url() + ": " + message.text());
            }
        });
        context.onWebError(error -> complaints.add("error: " + error.error()));
        context.onRequestFinished(requests::add);
        this.page = context.newPage();
    }

    /** Whether pages may run scripts. */
    boolean scripted() {
        return scripted;
    }

    /** The first tab. */
    Page page() {
        return page;
    }

    Page newTab() {
        return context.newPage();
    }

    /** Errors and warnings on any page's console, and exceptions of its scripts. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Every address that a page made the browser ask for. */
    List<URI> asked() {
        return requests.stream()
                .map(Request::url)
                .filter(address -> !address.startsWith("data:"))
                .map(URI::create)
                .toList();
    }

    /** Bytes of each page of a server together with everything that it loads, by the page's path. */
    Map<String, Long> weights(URI server) {
        List<Request> own = requests.stream()
                .filter(request -> request.url().startsWith(server + "/"))
                .toList();
        long assets = own.stream()
                .filter(request ->
                        Stream.of("stylesheet", "script", "image", "font").anyMatch(request.resourceType()::equals))
                .map(Shopper::bytes)
                .distinct()
                .mapToLong(Long::longValue)
                .sum();
        Map<String, Long> weights = new LinkedHashMap<>();
        own.stream()
                .filter(request -> request.resourceType().equals("document"))
                // A redirect is no page.
                .filter(request -> request.redirectedTo() == null)
                .forEach(request ->
                        weights.merge(URI.create(request.url()).getPath(), bytes(request) + assets, Math::max));
        return weights;
    }

    /** The cookies that a server would get. */
    List<Cookie> cookies(URI server) {
        return context.cookies(server.toString());
    }

    Locator button(String label) {
        return button(page, label);
    }

    static Locator button(Page tab, String label) {
        return tab.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label));
    }

    Locator link(String label) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(label));
    }

    Locator heading() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    void waitFor(String heading) {
        waitFor(page, heading);
    }

    /** Waits until the page with this heading is there; else tells which page is. */
    static void waitFor(Page tab, String heading) {
        try {
            tab.getByRole(
                            AriaRole.HEADING,
                            new Page.GetByRoleOptions()
                                    .setName(heading)
                                    .setExact(true)
                                    .setLevel(1))
                    .waitFor();
        } catch (TimeoutError e) {
            throw new AssertionError(
                    "no page '" + heading + "', but '" + tab.title() + "' at "
                            + tab.url().replaceFirst("(/pay/).*", "$1…"),
                    e);
        }
    }

    /** Keeps a picture of the page as a phone and as a desktop show it. */
    void picture(String name) {
        picture(page, name);
    }

    static void picture(Page tab, String name) {
        SIZES.forEach((device, size) -> {
            tab.setViewportSize(size[0], size[1]);
            tab.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve(device).resolve(name + ".png")));
        });
    }

    @Override
    public void close() {
        context.close();
    }

    private static long bytes(Request request) {
        return request.sizes().responseBodySize;
    }
}
