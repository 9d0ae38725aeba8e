package dev.intermezzo.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermezzo.sandbox.check.PipelineFacts;
import dev.intermezzo.sandbox.web.LoopbackServer;
import dev.intermezzo.sandbox.web.LoopbackServer.Mischief;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The smallest bridge that does right by every scenario: no topics, no ledger, no trust in anything but the shape of the
 * pages. It lets the driver and the simulators be tried against each other; it can also be told to lie.
 */
final class ToyBridge implements PipelineFacts, AutoCloseable {

    static final String KEY = "MZL-toy";
    static final String COMPANY = "toy-company";
    static final String SECRET = "toy-secret";

    private static final int MOST_TRIES = 40;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConcurrentMap<String, ToyPayment> byToken = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ToyPayment> byTransaction = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, JsonNode> early = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final boolean forgetful;
    private final LoopbackServer server = LoopbackServer.start(0, this::routes);
    private volatile URI cashier = URI.create("http://127.0.0.1:1");

    /** @param forgetful never tells a shop anything */
    ToyBridge(boolean forgetful) {
        this.forgetful = forgetful;
    }

    void payWith(URI cashierBase) {
        this.cashier = cashierBase;
    }

    URI base() {
        return server.base();
    }

    @Override
    public Set<String> parkedOrders() {
        return Set.of();
    }

    @Override
    public Map<String, Set<String>> openCases() {
        Map<String, Set<String>> cases = new HashMap<>();
        for (ToyPayment payment : byToken.values()) {
            if (payment.surplus) {
                cases.put(payment.token, Set.of("SurplusPayment"));
            } else if (payment.state().equals("under-review")) {
                cases.put(payment.token, Set.of("UnderReview"));
            }
        }
        return cases;
    }

    @Override
    public void close() {
        closing.countDown();
        server.close();
        http.shutdownNow();
    }

    private void routes(LoopbackServer.Routes routes) {
        routes.config().post("/mozello/{integration}/checkout", this::checkout);
        routes.config().get("/return/{account}", context -> {
            String token = Objects.requireNonNull(context.cookie("__Host-toy"));
            context.redirect("/pay/" + token, HttpStatus.SEE_OTHER);
        });
        routes.config().get("/pay/{token}", this::page);
        routes.config().get("/pay/{token}/state", context -> state(context, routes.mischief()));
        routes.config().post("/pay/{token}/details", context -> {
            ToyPayment payment = payment(context);
            payment.details(Objects.requireNonNull(context.formParam("phone")));
            open(payment);
            context.redirect(payment.redirect(), HttpStatus.SEE_OTHER);
        });
        routes.config().post("/pay/{token}/again", context -> {
            open(payment(context));
            context.redirect(payment(context).redirect(), HttpStatus.SEE_OTHER);
        });
        routes.config().post("/pay/{token}/back", context -> {
            payment(context).close();
            tell(payment(context), "failed");
            context.redirect(payment(context).redirect(), HttpStatus.SEE_OTHER);
        });
        routes.config().post("/hook", this::webhook);
    }

    private void checkout(Context context) throws Exception {
        Map<String, String> form = context.formParamMap().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().getFirst()));
        String uuid = Objects.requireNonNull(form.get("order_uuid"));
        ToyPayment fresh = new ToyPayment(uuid, form);
        boolean repeated = byToken.putIfAbsent(uuid, fresh) != null;
        context.res().addHeader("Set-Cookie", "__Host-toy=" + uuid + "; Path=/; Secure; HttpOnly; SameSite=Lax");
        if (repeated) {
            context.redirect("/pay/" + uuid, HttpStatus.SEE_OTHER);
        } else if (fresh.phone.isEmpty()) {
            fresh.awaitDetails();
            context.redirect("/pay/" + uuid, HttpStatus.SEE_OTHER);
        } else {
            open(fresh);
            context.redirect(fresh.redirect(), HttpStatus.SEE_OTHER);
        }
    }

    private void page(Context context) {
        String token = payment(context).token;
        context.html("""
                <h1>Payment</h1>
                <form method="post" action="/pay/%1$s/details"><input id="p" name="phone" value=""></form>
                <form method="post" action="/pay/%1$s/again"><input type="checkbox" name="confirm" value="yes"></form>
                <form method="post" action="/pay/%1$s/back"></form>
                """.formatted(token));
    }

    private void state(Context context, Mischief mischief) {
        mischief.hold(Duration.ofMillis(20));
        ToyPayment payment = payment(context);
        String redirect = payment.redirect();
        context.contentType("application/json")
                .result("{\"state\":\"" + payment.state() + "\",\"sequence\":" + payment.sequence() + ",\"redirect\":"
                        + (redirect.isEmpty() ? "null" : "\"" + redirect + "\"") + "}");
    }

    private ToyPayment payment(Context context) {
        return Objects.requireNonNull(byToken.get(context.pathParam("token")));
    }

    private void open(ToyPayment payment) throws Exception {
        IOException lost = new IOException("answered with an error");
        for (int tries = 0; tries < 3; tries++) {
            try {
                HttpResponse<String> response = http.send(cashierCall(payment), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    JsonNode data = json.readTree(response.body()).path("data");
                    String transaction = data.path("transactionId").asText();
                    payment.opened(
                            transaction, URI.create(data.path("redirect_url").asText()));
                    byTransaction.put(transaction, payment);
                    JsonNode held = early.remove(transaction);
                    if (held != null) {
                        apply(payment, held);
                    }
                    return;
                }
            } catch (IOException e) {
                lost = e;
            }
        }
        throw new IllegalStateException("the Cashier does not answer", lost);
    }

    private HttpRequest cashierCall(ToyPayment payment) {
        String email = payment.field("billing_email");
        String person = "\"email\":\"" + email + "\",\"firstName\":\"A\",\"lastName\":\"B\",\"phone\":\""
                + payment.phone + "\",\"userId\":\"u\"";
        String claims = "{" + person + ",\"countryCode\":\"CA\"}";
        String signed = base64("{\"alg\":\"HS256\"}") + "." + base64(claims);
        String body = "{\"pspType\":\"PAYONE\",\"type\":\"PAYIN\",\"currency\":\"CAD\",\"currencyCode\":\"CAD\","
                + "\"baseamount\":" + payment.field("amount") + "," + person + "}";
        String token = signed + "." + Base64.getUrlEncoder().encodeToString(hmac(SECRET, signed));
        return HttpRequest.newBuilder(URI.create(cashier + "/v1/api/mozarto/cashier"))
                .header("Authorization", "Bearer " + COMPANY)
                .header("x-user-token", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void webhook(Context context) throws IOException {
        JsonNode webhook = json.readTree(context.bodyAsBytes());
        String transaction = webhook.path("transaction_id").asText();
        ToyPayment payment = byTransaction.get(transaction);
        if (payment == null) {
            early.put(transaction, webhook);
        } else {
            apply(payment, webhook);
        }
    }

    private void apply(ToyPayment payment, JsonNode webhook) {
        boolean matches =
                new BigDecimal(webhook.path("amount").asText()).compareTo(new BigDecimal(payment.field("amount"))) == 0;
        String status = webhook.path("transaction_status").asText();
        if (payment.heard(webhook.path("transaction_id").asText(), status, matches)) {
            tell(payment, "approved");
        }
    }

    private void tell(ToyPayment payment, String status) {
        if (!forgetful) {
            Thread.ofVirtual().start(() -> tellUntilHeard(payment, status));
        }
    }

    private void tellUntilHeard(ToyPayment payment, String status) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("order_uuid", payment.token);
        fields.put("status", status);
        fields.put("check_pending", "1");
        fields.put("signature", Base64.getEncoder().encodeToString(hmac(KEY, payment.token + status + "1")));
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(payment.field("notify_url")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        for (int tries = 0; tries < MOST_TRIES && !taken(request); tries++) {
            pause();
        }
    }

    private boolean taken(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void pause() {
        try {
            boolean closed = closing.await(100, TimeUnit.MILLISECONDS);
            if (closed) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
