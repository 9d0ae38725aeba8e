package dev.intermezzo.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The machine's own Chromium, without a window. It looks at one address after the other, each time as somebody who has been
 * nowhere before, and says when it had painted the first content.
 */
public final class PaintBrowser implements AutoCloseable {

    private static final List<String> USUAL_PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable",
            "/snap/bin/chromium",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static final Duration START = Duration.ofSeconds(30);

    /** Nobody presses a button sooner than they see it, and a new window first loads pages of the browser's own. */
    private static final Duration AT_THE_SHOP = Duration.ofMillis(1_500);

    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

    /** The Performance API counts from the moment at which the page was asked for (Paint Timing, "first-contentful-paint"). */
    private static final String FIRST_PAINT = """
            new Promise(done => new PerformanceObserver((paints, observer) => {
              for (const paint of paints.getEntriesByName("first-contentful-paint")) {
                observer.disconnect();
                done(paint.startTime);
              }
            }).observe({ type: "paint", buffered: true }))""";

    private final Process process;
    private final DevTools tools;

    private PaintBrowser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Where Chromium is on this machine, if it is where it usually is. */
    public static Optional<Path> installed() {
        return USUAL_PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /**
     * @param profile a folder for what the browser writes
     * @throws IOException when it does not start
     */
    public static PaintBrowser launch(Path executable, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(executable, profile))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new PaintBrowser(process, DevTools.connect(listening(process)));
        } catch (IOException | InterruptedException e) {
            end(process);
            throw e;
        }
    }

    private static List<String> command(Path executable, Path profile) {
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--disable-gpu",
                "--disable-background-networking",
                // No name is looked up: it would ask its maker about the page's form.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
                "--disable-features=AutofillServerCommunication",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--no-default-browser-check"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Its own sandbox does not work for root, who has a container around it.
            command.add("--no-sandbox");
        }
        command.add("about:blank");
        return command;
    }

    /** Reads what the browser tells on its standard error until the end: a full pipe would hold it up. */
    private static URI listening(Process process) throws IOException, InterruptedException {
        CompletableFuture<URI> found = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.errorReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher address = LISTENING.matcher(line);
                    if (address.find()) {
                        found.complete(URI.create(address.group(1)));
                    }
                }
                found.completeExceptionally(new IOException("the browser has ended"));
            } catch (IOException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the browser did not start", e);
        }
    }

    /**
     * Looks at a shop's page, and from there goes to another, in the same tab, as a buyer does.
     *
     * @param shop on another site than the page
     * @param cookies {@code name=value}, that the page's server has set
     * @return from asking for the page to its first content on the screen
     * @throws IOException when there is no page, or the browser has ended
     */
    public Duration firstPaint(URI shop, URI page, List<String> cookies) throws IOException, InterruptedException {
        String somebody = tools.call("Target.createBrowserContext", DevTools.params())
                .path("browserContextId")
                .asText();
        try {
            tools.call("Storage.setCookies", cookies(page, cookies).put("browserContextId", somebody));
            String tab = tools.call(
                            "Target.createTarget",
                            DevTools.params().put("url", "about:blank").put("browserContextId", somebody))
                    .path("targetId")
                    .asText();
            String session = tools.call(
                            "Target.attachToTarget",
                            DevTools.params().put("targetId", tab).put("flatten", true))
                    .path("sessionId")
                    .asText();
            firstPaint(session, shop);
            Thread.sleep(AT_THE_SHOP);
            return firstPaint(session, page);
        } finally {
            tools.call("Target.disposeBrowserContext", DevTools.params().put("browserContextId", somebody));
        }
    }

    private Duration firstPaint(String session, URI page) throws IOException, InterruptedException {
        // Answered once the page has begun to come, so that the question after it is put to this page.
        JsonNode shown = tools.call("Page.navigate", DevTools.params().put("url", page.toString()), session);
        if (shown.has("errorText")) {
            throw new IOException(
                    "the browser was shown no page: " + shown.path("errorText").asText());
        }
        JsonNode painted = tools.call(
                "Runtime.evaluate",
                DevTools.params()
                        .put("expression", FIRST_PAINT)
                        .put("awaitPromise", true)
                        .put("returnByValue", true),
                session);
        return Duration.ofNanos(painted.path("result")
                .path("value")
                .decimalValue()
                .multiply(NANOS_PER_MILLI)
                .longValue());
    }

    private static ObjectNode cookies(URI page, List<String> cookies) {
        ObjectNode params = DevTools.params();
        ArrayNode all = params.putArray("cookies");
        for (String cookie : cookies) {
            int name = cookie.indexOf('=');
            all.addObject()
                    .put("url", page.toString())
                    .put("name", cookie.substring(0, name))
                    .put("value", cookie.substring(name + 1));
        }
        return params;
    }

    @Override
    public void close() {
        tools.close();
        end(process);
    }

    /** Waits for the end: until then it writes to its folder. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, START.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
