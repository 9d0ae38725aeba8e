package dev.intermezzo.partners.mozello;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of Mozello's Store API that a gateway needs: one order of one shop, named by its invoice number. The key is the
 * shop's Store API key, another one than that of its payments, and stands in a header only.
 *
 * <p>That the Store API's order id is the checkout's invoice number is likely and not documented; an order that the shop does
 * not know is therefore an answer of its own. How errors look is not documented for this call either; the shape of the
 * host's other calls is assumed.
 */
public final class StoreApi {

    /** More than this many questions a second are not answered (Store API, limits). */
    public static final int MOST_A_SECOND = 5;

    /** The largest answer that is read: an order carries its whole cart. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    /** Seconds as {@code Retry-After} names them; its other form, a date, is not expected of an API. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private StoreApi() {}

    /**
     * The address of an order.
     *
     * @param base of the API, with a slash at its end
     * @param invoiceId as the checkout form names it; the buyer's browser carried it, so nothing in it can lead elsewhere
     */
    public static URI order(URI base, String invoiceId) {
        String id = URLEncoder.encode(invoiceId, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
        return base.resolve("store/order/" + id + "/");
    }

    /** The value of {@code Authorization}. */
    public static String authorization(String apiKey) {
        return "ApiKey " + apiKey;
    }

    /**
     * Reads an answer. Never throws for any bytes.
     *
     * <p>What says nothing about the order is {@link StoreOrderReading.Unavailable}: a refused key, too many questions (429,
     * and 403 above the limit of a minute), a server's own trouble, an answer that is no JSON object. Any other refusal says
     * that the shop has no such order: a re-cut invoice number looks like that, and must not pass for silence.
     */
    public static StoreOrderReading read(int status, byte[] body) {
        if (status >= 400 && status < 500 && !saysNothing(status)) {
            return new StoreOrderReading.NoSuchOrder("http-" + status);
        }
        if (status != 200) {
            return new StoreOrderReading.Unavailable("http-" + status);
        }
        Optional<JsonNode> document = JsonFields.object(body);
        if (document.isEmpty()) {
            return new StoreOrderReading.Unavailable("answer-unreadable");
        }
        if (ErrorBody.read(body, MAX_BODY_BYTES).isError()) {
            return new StoreOrderReading.NoSuchOrder("error-reported");
        }
        return new StoreOrderReading.Known(StoreOrder.read(document.get()));
    }

    /** Whether an answer asks for fewer questions. */
    public static boolean asksForPatience(int status) {
        return status == 429 || status == 403;
    }

    /** How long a {@code Retry-After} header asks to wait; empty when it is absent or no number of seconds. */
    public static Optional<Duration> retryAfter(Optional<String> header) {
        return header.map(String::strip)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private static boolean saysNothing(int status) {
        return status == 401 || status == 403 || status == 408 || status == 429;
    }
}
