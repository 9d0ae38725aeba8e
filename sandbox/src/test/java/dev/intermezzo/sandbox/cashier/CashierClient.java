package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Calls a simulated Cashier as a company would, and its pages as a buyer would. */
final class CashierClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedCashier cashier;

    CashierClient(SimulatedCashier cashier) {
        this.cashier = cashier;
    }

    @Override
    public void close() {
        http.close();
    }

    HttpResponse<String> call(String body) {
        return call(body, "14165550100");
    }

    HttpResponse<String> call(String body, String tokenPhone) {
        return send(HttpRequest.newBuilder(URI.create(cashier.base() + "/v1/api/mozarto/cashier"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer company")
                .header("x-user-token", "Bearer " + SimulatedCashierTest.token(tokenPhone))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What a call that was taken answers. */
    JsonNode taken(String body) {
        HttpResponse<String> response = call(body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return tree(response.body());
    }

    /** What is wrong with a call, in the Cashier's words. */
    List<String> refusal(String body, String tokenPhone) {
        HttpResponse<String> response = call(body, tokenPhone);
        if (response.statusCode() != 400) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        List<String> errors = new ArrayList<>();
        tree(response.body()).path("errors").forEach(error -> errors.add(error.asText()));
        return errors;
    }

    HttpResponse<String> press(URI page, String button) {
        URI path = page.resolve(page.getPath() + "/" + button);
        return send(HttpRequest.newBuilder(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> look(URI page) {
        return send(HttpRequest.newBuilder(page).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A documented message. */
    static String example(String name) {
        try (InputStream file =
                Objects.requireNonNull(CashierClient.class.getResourceAsStream("/mozarto/" + name + ".json"), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
