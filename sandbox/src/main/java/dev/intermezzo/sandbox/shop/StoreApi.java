package dev.intermezzo.sandbox.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermezzo.sandbox.web.LoopbackServer;
import dev.intermezzo.sandbox.web.LoopbackServer.Mischief;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One shop's Store API as far as a gateway uses it: {@code GET /store/order/<order-id>/}, and the notification
 * {@code PAYMENT_CHANGED}. Written from the document's section "Store API parts useful to a bridge". The shop answers five
 * questions a second, as documented, and counts those beyond.
 *
 * <p><b>Invented</b>, because the document leaves it open: the order's number is the checkout's invoice; an order that does not
 * exist is a 404 and a wrong key a 401 in the error shape of the host's other calls; too many questions are a 429.
 */
final class StoreApi {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST_A_SECOND = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<String, Order> orders;
    private final String alias;
    private final InstantSource clock;
    private final Duration hang;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Instant> asked = new ArrayDeque<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger tooMany = new AtomicInteger();
    private final Queue<StoreNotificationCall> sent = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String key;
    private volatile @Nullable URI notificationsUrl;
    private volatile StoreApiFault fault = StoreApiFault.NONE;

    StoreApi(Map<String, Order> orders, String alias, InstantSource clock, Duration hang) {
        this.orders = orders;
        this.alias = alias;
        this.clock = clock;
        this.hang = hang;
    }

    void routes(LoopbackServer.Routes routes) {
        routes.config().get("/api/v1/store/order/{order}/", context -> order(context, routes.mischief()));
    }

    /** The owner creates a key, and names an address for notifications, or none. */
    void open(String newKey, @Nullable URI address) {
        this.key = newKey;
        this.notificationsUrl = address;
    }

    void fail(StoreApiFault next) {
        this.fault = next;
    }

    /** Questions that had a right key, answered or not. */
    int questions() {
        return questions.get();
    }

    /** Questions beyond five a second. */
    int tooMany() {
        return tooMany.get();
    }

    List<StoreNotificationCall> sent() {
        return List.copyOf(sent);
    }

    /** Tells that an order's payment has changed, as it is now; later and from elsewhere, as Mozello does. */
    void changed(Order order) {
        String used = key;
        URI address = notificationsUrl;
        if (used != null && address != null) {
            OrderSnapshot told = order.snapshot();
            sending.execute(() -> tell(told, used, address));
        }
    }

    void close() {
        sending.shutdownNow();
        http.close();
    }

    private void order(Context context, Mischief mischief) {
        String used = key;
        if (used == null || !("ApiKey " + used).equals(context.header("Authorization"))) {
            error(context, 401, "Unauthorized");
            return;
        }
        questions.incrementAndGet();
        if (isTooMany()) {
            tooMany.incrementAndGet();
            context.header("Retry-After", "1");
            error(context, 429, "Too many requests");
            return;
        }
        switch (fault) {
            case NONE -> answer(context);
            case DOWN -> error(context, 503, "Service unavailable");
            case SLOW -> {
                mischief.hold(hang);
                mischief.drop(context);
            }
            case LIMITED -> {
                context.header("Retry-After", "1");
                error(context, 429, "Too many requests");
            }
            case UNREADABLE -> context.contentType("text/html").result("<h1>Maintenance</h1>");
        }
    }

    private void answer(Context context) {
        String number = context.pathParam("order");
        Optional<Order> found = orders.values().stream()
                .filter(order -> order.snapshot().invoice().equals(number))
                .findFirst();
        if (found.isEmpty()) {
            error(context, 404, "Order not found");
            return;
        }
        context.contentType("application/json").result(bytes(fields(found.get().snapshot())));
    }

    private synchronized boolean isTooMany() {
        Instant now = clock.instant();
        while (!asked.isEmpty() && !asked.getFirst().isAfter(now.minusSeconds(1))) {
            asked.removeFirst();
        }
        asked.addLast(now);
        return asked.size() > MOST_A_SECOND;
    }

    private void tell(OrderSnapshot order, String used, URI address) {
        ObjectNode body = JSON.createObjectNode().put("event", "PAYMENT_CHANGED");
        body.set("order", fields(order));
        // As captured: compact, with escaped slashes, which no parser and writer would keep.
        byte[] bytes = new String(bytes(body), StandardCharsets.UTF_8)
                .replace("/", "\\/")
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Mozello-Hash", new PaymentSignature(used).ofBytes(bytes))
                .header("X-Mozello-Alias", alias)
                .header("X-Mozello-API-Version", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        int status;
        try {
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            status = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = 0;
        }
        sent.add(new StoreNotificationCall(order.uuid(), order.status().word(), status));
    }

    /** The documented order of an order's fields, those that no payment needs left out. */
    private ObjectNode fields(OrderSnapshot order) {
        Buyer buyer = order.buyer();
        return JSON.createObjectNode()
                .put("order_id", order.invoice())
                .put("created_at", CREATED.format(order.created()))
                .put("payment_status", order.status().word())
                .put("dispatched", false)
                .put("archived", false)
                .put("name", buyer.firstName() + " " + buyer.lastName())
                .put("email", buyer.email())
                .put("country_code", buyer.countryCode())
                .put("payment_method", "gateway")
                .put("currency", order.currency())
                .put("subtotal", order.amount())
                .put("total", order.amount())
                .put("print_url", "https://" + alias + ".example.com/print/" + order.invoice());
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
}
