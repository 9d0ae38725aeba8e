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
import java.util.regex.Pattern;

/** Buyers who look at a page for the first time, and how soon they have all that a browser needs to show it: the page. */
public final class FirstLook implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    /** What a browser has to have before it shows anything stands in the page itself. */
    private static final Pattern BLOCKING = Pattern.compile("<link [^>]*stylesheet|<script(?![^>]* defer)[^>]* src=");

    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(DEADLINE).build();

    /**
     * A page that a browser can show without asking for more.
     *
     * @param firstByte from asking for the page to the first byte of it
     * @param complete the same to its last byte
     */
    public record Seen(Duration firstByte, Duration complete, String page) {

        /** What it weighs. */
        public int bytes() {
            return page.getBytes(StandardCharsets.UTF_8).length;
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
        Seen seen = new Seen(firstByte, since(asked), page);
        if (answer.statusCode() != 200 || BLOCKING.matcher(page).find()) {
            throw new IOException("HTTP " + answer.statusCode() + ", or a page that a browser cannot show by itself");
        }
        return seen;
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

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
