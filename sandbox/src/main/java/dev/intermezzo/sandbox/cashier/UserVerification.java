package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a company's User Auth URL who a session belongs to, before anything is routed, as the older "User verification" page
 * and the flow pages say: {@code POST} with the session as {@code Authorization} and the user's id in the body. <b>Invented</b>
 * are the patience, that the user is described at the answer's top or in its {@code data}, and that anything but 200 ends the
 * call with 401.
 */
final class UserVerification implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final AtomicInteger verified = new AtomicInteger();

    UserVerification(ObjectMapper json) {
        this.json = json;
    }

    /** How often a company has vouched for a session. */
    int verified() {
        return verified.get();
    }

    /** What the company says of the user; empty when it does not vouch for the session, or cannot be asked. */
    Optional<JsonNode> ask(Company company, String session, String userId) {
        @Nullable URI address = company.backOffice().userAuthUrl();
        if (address == null) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", session)
                .POST(HttpRequest.BodyPublishers.ofString(
                        json.createObjectNode().put("userId", userId).toString()))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(user(answer.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private JsonNode user(byte[] body) throws IOException {
        JsonNode answer = json.readTree(body);
        verified.incrementAndGet();
        return answer.path("data").isObject() ? answer.path("data") : answer;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
