package dev.intermezzo.sandbox.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One buyer's browser: keeps cookies, follows nothing by itself, comes back when a busy server says 503
 * and when, and reloads a page that did not come.
 *
 * <p>Cookies are kept by hand because the JDK's store sends a {@code Secure} cookie over https only, while a browser
 * also sends it to the loopback address. They are kept by port, since all servers share one host name here.
 */
final class Browser {

    /** A long poll may take 25 s. */
    private static final Duration DEADLINE = Duration.ofSeconds(35);

    private static final Duration RELOAD = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final HttpResponse.BodyHandler<String> TEXT =
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);

    private final HttpClient http;
    private final Duration patience;
    private final ConcurrentMap<Integer, ConcurrentMap<String, String>> cookies = new ConcurrentHashMap<>();
    private final AtomicInteger turnedAway = new AtomicInteger();

    /** @param patience how long a buyer comes back to a server that is busy or away */
    Browser(HttpClient http, Duration patience) {
        this.http = http;
        this.patience = patience;
    }

    /**
     * An answer.
     *
     * @param address what was asked
     * @param location the {@code Location} resolved against it; equal to it when there is none
     * @param comeBack whether it says after what time to come back
     */
    record Reply(URI address, int status, URI location, boolean comeBack, String body) {

        boolean redirects() {
            return status >= 301 && status <= 308 && !location.equals(address);
        }
    }

    Reply get(URI address) throws IOException, InterruptedException {
        return send(address, HttpRequest.newBuilder(address).GET());
    }

    Reply post(URI address, Map<String, String> fields) throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return post(address, body);
    }

    Reply post(URI address, String body) throws IOException, InterruptedException {
        return send(address, form(address, body));
    }

    /** The same once, whatever is answered: for a buyer who does not come back. */
    Reply postOnce(URI address, String body) throws IOException, InterruptedException {
        return taken(address, http.send(asBrowser(address, form(address, body)), TEXT));
    }

    private static HttpRequest.Builder form(URI address, String body) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Reply send(URI address, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest asked = asBrowser(address, request);
        long end = System.nanoTime() + patience.toNanos();
        HttpResponse<String> response = answer(asked);
        while (response.statusCode() == 503 && System.nanoTime() < end) {
            turnedAway.incrementAndGet();
            Thread.sleep(pause(response));
            response = answer(asked);
        }
        return taken(address, response);
    }

    private HttpRequest asBrowser(URI address, HttpRequest.Builder request) {
        request.timeout(DEADLINE).header("Accept", "text/html,application/json;q=0.5");
        String kept = kept(address);
        if (!kept.isEmpty()) {
            request.header("Cookie", kept);
        }
        return request.build();
    }

    private Reply taken(URI address, HttpResponse<String> response) {
        response.headers().allValues("Set-Cookie").forEach(header -> keep(address, header));
        URI location =
                response.headers().firstValue("Location").map(address::resolve).orElse(address);
        return new Reply(
                address,
                response.statusCode(),
                location,
                response.headers().firstValue("Retry-After").isPresent(),
                response.body());
    }

    /** How often a busy server has asked to come back. */
    int turnedAway() {
        return turnedAway.get();
    }

    /** A buyer whose page does not load, or loads for too long, presses "reload", which sends a form again. */
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return http.send(request, TEXT);
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(RELOAD);
            }
        }
    }

    private static Duration pause(HttpResponse<String> busy) {
        Duration asked = busy.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(LONGEST_PAUSE);
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    private String kept(URI address) {
        return cookies.getOrDefault(address.getPort(), new ConcurrentHashMap<>()).entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(URI address, String header) {
        List<String> parts = List.of(header.split(";", -1));
        String pair = parts.getFirst();
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String name = pair.substring(0, equals).trim();
        Map<String, String> jar = cookies.computeIfAbsent(address.getPort(), port -> new ConcurrentHashMap<>());
        if (parts.stream().anyMatch(part -> part.trim().equalsIgnoreCase("Max-Age=0"))) {
            jar.remove(name);
        } else {
            jar.put(name, pair.substring(equals + 1).trim());
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
