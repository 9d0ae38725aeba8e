package dev.intermezzo.cli.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.merchants.MerchantsCommand;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A merchant's own system: it has a key to the merchant API, and asks the instance that it is told to. */
public record MerchantSystem(String key) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** With a key that two persons have just issued. */
    public static MerchantSystem issued(KafkaSettings kafka, String merchant, String scopes) {
        CommandRun run = CommandRun.of(
                new MerchantsCommand(),
                TestKafka.options(kafka),
                "api-key",
                "create",
                merchant,
                "--scope",
                scopes,
                "--operator",
                "anna",
                "--approver",
                "ben",
                "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.HOLDS);
        return new MerchantSystem(run.json().get("key").asText());
    }

    /** An instance of the API that is ready. */
    public static MerchantApiService api(KafkaSettings kafka, int requestsPerSecond) {
        MerchantApiService api = new MerchantApiService(
                MerchantApiSettings.read(new SettingsReader(SettingsSource.of(Map.of(
                        "merchant-api.port",
                        "0",
                        "merchant-api.requests-per-second",
                        Integer.toString(requestsPerSecond))))),
                kafka,
                InstantSource.system());
        api.start();
        await().atMost(PATIENCE).until(api::ready);
        return api;
    }

    public HttpResponse<String> get(MerchantApiService api, String path) {
        return send(to(api, path).build());
    }

    /** The pay-out that an answer names. */
    public JsonNode payOut(MerchantApiService api, HttpResponse<String> asked) {
        return json(get(api, asked.headers().firstValue("Location").orElseThrow()));
    }

    /** @param name the Idempotency-Key */
    public HttpRequest post(MerchantApiService api, String path, String name, String body) {
        return posting(api, path, body)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", name)
                .build();
    }

    /** One that may lack what is asked for. */
    HttpRequest.Builder posting(MerchantApiService api, String path, String body) {
        return to(api, path).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder to(MerchantApiService api, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .header("Authorization", "Bearer " + key);
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All at once. */
    static List<HttpResponse<String>> together(List<HttpRequest> requests) {
        List<CompletableFuture<HttpResponse<String>>> sent = requests.stream()
                .map(request -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(response).get("code").asText()).isEqualTo(code);
        assertThat(json(response).get("status").asInt()).isEqualTo(status);
    }
}
