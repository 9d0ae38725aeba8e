package dev.intermezzo.sandbox.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to a browser by the Chrome DevTools Protocol, one at a time: each is a JSON object with an id, and so is its answer. Events
 * are not listened to.
 */
final class DevTools implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final HttpClient http;
    private final WebSocket socket;
    private int calls;

    private DevTools(HttpClient http, URI address) {
        this.http = http;
        this.socket = http.newWebSocketBuilder()
                .connectTimeout(DEADLINE)
                .buildAsync(address, new Answers())
                .join();
    }

    /**
     * @param address {@code ws:} address that the browser has told
     * @throws IOException when it does not answer there
     */
    static DevTools connect(URI address) throws IOException {
        HttpClient http = HttpClient.newHttpClient();
        try {
            return new DevTools(http, address);
        } catch (CompletionException e) {
            http.close();
            throw new IOException("the browser takes no calls", e);
        }
    }

    /** Parameters of a call, to be filled. */
    static ObjectNode params() {
        return JSON.createObjectNode();
    }

    /** Asks the browser itself. */
    JsonNode call(String method, ObjectNode params) throws IOException, InterruptedException {
        return call(method, params, null);
    }

    /**
     * Asks a tab.
     *
     * @param session that is attached to it; null: the browser itself
     * @return the answer's {@code result}
     * @throws IOException when the browser refuses, or does not answer in time
     */
    JsonNode call(String method, ObjectNode params, @Nullable String session) throws IOException, InterruptedException {
        int id = ++calls;
        ObjectNode call = JSON.createObjectNode().put("id", id).put("method", method);
        call.set("params", params);
        if (session != null) {
            call.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        awaited.put(id, answer);
        try {
            socket.sendText(call.toString(), true).join();
            JsonNode told = answer.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            if (told.has("error")) {
                throw new IOException(
                        method + ": " + told.path("error").path("message").asText());
            }
            return told.path("result");
        } catch (CompletionException | ExecutionException | TimeoutException e) {
            throw new IOException(method + " was not answered", e);
        } finally {
            awaited.remove(id);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    /** Puts the parts of each message together and hands answers to whoever waits for them. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                hand(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            awaited.values().forEach(each -> each.completeExceptionally(error));
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            onError(from, new IOException("the browser has ended"));
            return null;
        }

        private void hand(String text) {
            try {
                JsonNode told = JSON.readTree(text);
                @Nullable
                CompletableFuture<JsonNode> answer = awaited.get(told.path("id").asInt());
                if (answer != null) {
                    answer.complete(told);
                }
            } catch (JsonProcessingException e) {
                awaited.values().forEach(each -> each.completeExceptionally(e));
            }
        }
    }
}
