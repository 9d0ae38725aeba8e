package dev.intermezzo.sandbox.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.sandbox.web.LoopbackServer;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What Mozello's own servers do for a public gateway: {@code payment_settings}, the Apps API's {@code installed}, and the
 * install and settings webhooks. Written from the Payment API document, sections "payment_settings", "Install / settings
 * webhooks" and "Apps API".
 *
 * <p><b>Invented</b>, because the document leaves it open: errors of {@code payment_settings} have the shape that is
 * documented for the Apps API; {@code installed} is 401 outside its webhook; a query may name the code in either way.
 */
final class Platform {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int CODE_BYTES = 12;

    private final Map<String, Order> orders;
    private final String alias;
    private final RandomGenerator random;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger questions = new AtomicInteger();
    /** Codes whose webhook is under way. */
    private final Set<String> outstanding = ConcurrentHashMap.newKeySet();

    private final Set<String> marked = ConcurrentHashMap.newKeySet();
    private volatile @Nullable PublicListing listing;
    private volatile int failing;

    Platform(Map<String, Order> orders, String alias, RandomGenerator random, @Nullable PublicListing listing) {
        this.orders = orders;
        this.alias = alias;
        this.random = random;
        this.listing = listing;
    }

    void routes(LoopbackServer.Routes routes, Addresses addresses) {
        routes.config()
                .post("/api/v1/payment/payment_settings/", context -> settings(context, Parameters.FORM, addresses));
        routes.config()
                .get("/api/v1/payment/payment_settings/", context -> settings(context, Parameters.QUERY, addresses));
        routes.config().post("/api/v1/apps/installed/", this::installed);
    }

    /** Where an order's addresses are, which only the shop knows. */
    interface Addresses {
        Map<String, String> of(Order order);
    }

    Optional<PublicListing> listing() {
        return Optional.ofNullable(listing);
    }

    void enter(PublicListing changed) {
        this.listing = changed;
    }

    /** From now on every call is answered with this status; 0: as usual. */
    void fail(int status) {
        this.failing = status;
    }

    /** How often {@code payment_settings} was asked. */
    int questions() {
        return questions.get();
    }

    /** Sends a webhook to the gateway and waits for its answer. */
    WebhookCall send(URI address) {
        PublicListing used = listing().orElseThrow(() -> new IllegalStateException("the shop uses no listing"));
        String code = code();
        ObjectNode body = JSON.createObjectNode().put("authCode", code);
        body.set("fields", fields(used));
        byte[] bytes = bytes(body);
        outstanding.add(code);
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("X-Mozello-Hash", new PaymentSignature(used.globalKey()).ofBytes(bytes))
                    .header("X-Mozello-Alias", alias)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return new WebhookCall(status, marked.contains(code));
        } catch (IOException e) {
            return new WebhookCall(0, marked.contains(code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WebhookCall(0, marked.contains(code));
        } finally {
            outstanding.remove(code);
        }
    }

    void close() {
        http.close();
    }

    private enum Parameters {
        FORM,
        QUERY
    }

    private void settings(Context context, Parameters where, Addresses addresses) {
        questions.incrementAndGet();
        if (failing != 0) {
            error(context, failing, "Out of order");
            return;
        }
        PublicListing used = listing;
        @Nullable Order order = orders.get(parameter(context, where, "order_uuid"));
        if (used == null || !parameter(context, where, "api_key").equals(used.globalKey())) {
            error(context, 401, "Unauthorized");
            return;
        }
        if (order == null) {
            error(context, 404, "Order not found");
            return;
        }
        ObjectNode answer = JSON.createObjectNode().put("error", false);
        answer.set("fields", fields(used));
        ObjectNode meta = answer.putObject("meta");
        addresses.of(order).forEach(meta::put);
        context.contentType("application/json").result(bytes(answer));
    }

    private void installed(Context context) {
        if (failing != 0) {
            error(context, failing, "Out of order");
            return;
        }
        PublicListing used = listing;
        String documented = parameter(context, Parameters.QUERY, "authCode");
        String code = documented.isEmpty() ? parameter(context, Parameters.QUERY, "authcode") : documented;
        boolean authorized = used != null && ("ApiKey " + used.globalKey()).equals(context.header("Authorization"));
        if (!authorized || !outstanding.contains(code)) {
            error(context, 401, "Unauthorized");
            return;
        }
        marked.add(code);
        context.contentType("application/json").result("{\"error\":false}");
    }

    private static ObjectNode fields(PublicListing used) {
        return JSON.createObjectNode()
                .put("connection_id", used.connectionId())
                .put("connection_secret", used.connectionSecret());
    }

    private static String parameter(Context context, Parameters where, String name) {
        @Nullable String value = where == Parameters.FORM ? context.formParam(name) : context.queryParam(name);
        return value == null ? "" : value;
    }

    private static void error(Context context, int status, String sentence) {
        context.status(status)
                .contentType("application/json")
                .result("{\"error\":true,\"error_code\":" + status + ",\"error_message\":\"" + sentence + "\"}");
    }

    private static byte[] bytes(ObjectNode document) {
        try {
            return JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain texts can always be written", e);
        }
    }

    private synchronized String code() {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
