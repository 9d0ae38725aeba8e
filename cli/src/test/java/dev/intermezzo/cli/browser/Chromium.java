package dev.intermezzo.cli.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The browser that the machine already has; Playwright must download none. */
final class Chromium implements AutoCloseable {
    /** Names another browser: {@code -Dchromium=/path/to/it}. */
    private static final String OVERRIDE = "chromium";

    private static final List<String> USUAL_PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable",
            "/snap/bin/chromium",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    /** No sandbox: tests run as root in containers. The rest keeps the browser from calling home. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    static Chromium launch() {
        return new Chromium(executable(System.getProperty(OVERRIDE), USUAL_PLACES));
    }

    /** Another person's browser: no cookies, nothing remembered. */
    Shopper shopper(boolean javaScript) {
        return new Shopper(
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(javaScript)), javaScript);
    }

    @Override
    public void close() {
        playwright.close();
    }

    /**
     * The first that exists.
     *
     * @param named what the caller wants, instead of the usual places
     */
    static Path executable(@Nullable String named, List<String> usualPlaces) {
        Stream<String> candidates = named == null ? usualPlaces.stream() : Stream.of(named);
        return candidates
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The browser tests need Chromium, and there is none at "
                        + (named == null ? String.join(", ", usualPlaces) : named)
                        + ". Install it (on Debian: apt-get install -y chromium), or name one with -D" + OVERRIDE
                        + "=/path/to/chromium."));
    }
}
