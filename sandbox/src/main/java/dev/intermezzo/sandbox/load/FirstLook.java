package dev.intermezzo.sandbox.load;

import dev.intermezzo.sandbox.shop.SignedForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Buyers who look at a page for the first time, and how soon they have all of it that a browser needs to show it. */
public final class FirstLook implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(DEADLINE).build();

    /**
     * A page with its style sheet.
     *
     * @param firstByte from asking for the page to the first byte of it
     * @param complete the same to the last byte of the page and its style sheet
     * @param stylePath where the style sheet is
     */
    public record Seen(Duration firstByte, Duration complete, String page, String stylePath, String style) {

        /** What both weigh. */
        public int bytes() {
            return (page + style).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /**
     * Where a checkout has led.
     *
     * @param path of the page
     * @param cookies {@code name=value}, without which it shows next to nothing
     */
    public record Led(String path, List<String> cookies) {}

    /**
     * Sends a shop's form and looks at the page that it leads to.
     *
     * @throws IOException also when it leads to no page of the edge
     */
    public Seen checkout(SignedForm form, URI edge) throws IOException, InterruptedException {
        Led led = lead(form);
        return page(edge, led.path(), String.join("; ", led.cookies()));
    }

    /**
     * Sends a shop's form, for another browser to look at the page.
     *
     * @throws IOException also when it leads to no page of the edge
     */
    public Led lead(SignedForm form) throws IOException, InterruptedException {
        HttpResponse<Void> answer = http.send(
                HttpRequest.newBuilder(form.action())
                        .timeout(DEADLINE)
                        .header("Content-Type", FORM)
                        .header("Accept", "text/html")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        String onward = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() != 303 || !onward.startsWith("/pay/")) {
            throw new IOException("the checkout was answered " + answer.statusCode() + " and led to no page");
        }
        return new Led(
                onward,
                answer.headers().allValues("Set-Cookie").stream()
                        .map(cookie -> cookie.split(";", 2)[0])
                        .toList());
    }

    /** Looks at a page that needs no cookie. */
    public Seen page(URI server, String path) throws IOException, InterruptedException {
        return page(server, path, "");
    }

    private Seen page(URI server, String path, String cookies) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        HttpResponse<InputStream> answer =
                http.send(request(server, path, cookies), HttpResponse.BodyHandlers.ofInputStream());
        Duration firstByte = since(asked);
        String page = text(answer);
        String stylePath =
                stylePath(page).orElseThrow(() -> new IOException("no page, but HTTP " + answer.statusCode()));
        String style = text(http.send(request(server, stylePath, ""), HttpResponse.BodyHandlers.ofInputStream()));
        return new Seen(firstByte, since(asked), page, stylePath, style);
    }

    @Override
    public void close() {
        http.close();
    }

    private static HttpRequest request(URI server, String path, String cookies) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(DEADLINE).header("Accept", "text/html");
        return (cookies.isEmpty() ? request : request.header("Cookie", cookies))
                .GET()
                .build();
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> stylePath(String page) {
        Matcher link = STYLE.matcher(page);
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
