package dev.intermezzo.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A plain HTTP client that follows nothing, and browsers on top of it that keep cookies as a shopper's would. */
final class EdgeClient {

    static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI base;

    EdgeClient(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    URI uri(String path) {
        return base.resolve(path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String contentType, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String path, HttpRequest.BodyPublisher body, String... headers) {
        return send(request(path, headers).header("Content-Type", FORM).POST(body));
    }

    HttpResponse<String> checkout(String integration, String body) {
        return post("/mozello/" + integration + "/checkout", FORM, body, "Accept", "text/html");
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    /** A browser with a cookie jar. A form from another site brings no Lax cookies along, so a checkout sends none. */
    final class Browser {
        private final Map<String, String> cookies = new LinkedHashMap<>();

        HttpResponse<String> checkout(Order order) {
            return checkout(TestMerchants.SHOP, order);
        }

        HttpResponse<String> checkout(String integration, Order order) {
            return kept(EdgeClient.this.checkout(integration, order.signed()));
        }

        /** Begins a payment whose buyer has something to do; its page's address, which carries the token. */
        String begin(Order order) {
            String location = location(checkout(order));
            return location.substring(0, location.indexOf('?'));
        }

        HttpResponse<String> get(String path) {
            return kept(EdgeClient.this.get(path, withCookies()));
        }

        HttpResponse<String> post(String path, Map<String, String> fields) {
            return kept(EdgeClient.this.post(path, FORM, Order.encoded(fields), withCookies()));
        }

        /** Posts and then looks at the page it is sent to. */
        HttpResponse<String> follow(HttpResponse<String> redirect) {
            return get(location(redirect));
        }

        /** A view travels through the topic, so a page shows it a moment later: looks until it has this text. */
        String awaitPage(String path, String text) {
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> get(path).body(), body -> body.contains(text));
        }

        Map<String, String> cookies() {
            return cookies;
        }

        private String[] withCookies() {
            if (cookies.isEmpty()) {
                return new String[] {"Accept", "text/html"};
            }
            String header = cookies.entrySet().stream()
                    .map(each -> each.getKey() + '=' + each.getValue())
                    .collect(Collectors.joining("; "));
            return new String[] {"Accept", "text/html", "Cookie", header};
        }

        private HttpResponse<String> kept(HttpResponse<String> response) {
            for (String header : response.headers().allValues("Set-Cookie")) {
                List<String> pair = List.of(header.split(";", 2)[0].split("=", 2));
                if (header.contains("Max-Age=0;")) {
                    cookies.remove(pair.getFirst());
                } else {
                    cookies.put(pair.getFirst(), pair.getLast());
                }
            }
            return response;
        }
    }
}
