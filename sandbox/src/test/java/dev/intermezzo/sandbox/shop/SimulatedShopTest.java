package dev.intermezzo.sandbox.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.web.Listening;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedShopTest {

    private static final String KEY = "MZL-test-key";
    private static final BigDecimal TOTAL = new BigDecimal("49.00");
    private static final URI GATEWAY = URI.create("http://127.0.0.1:8080");

    private final HttpClient http = HttpClient.newHttpClient();
    private final PaymentSignature signature = new PaymentSignature(KEY);
    private final SimulatedShop shop = start();

    private static SimulatedShop start() {
        ShopSettings settings =
                new ShopSettings(Listening.onLoopback(0), "demo-shop", KEY, "demo-shop", Duration.ofMillis(50));
        return SimulatedShop.start(settings, GATEWAY, InstantSource.system(), new Random(1));
    }

    @AfterAll
    void close() {
        shop.close();
        http.close();
    }

    @Test
    void the_checkout_form_begins_with_the_pinned_head_and_carries_a_valid_signature() {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.NONE);

        // When
        SignedForm form = shop.signedForm(order);

        // Then
        assertThat(form.action()).isEqualTo(URI.create("http://127.0.0.1:8080/mozello/demo-shop/checkout"));
        assertThat(form.fields().stream().map(FormField::name))
                .containsExactly(
                        "order_uuid",
                        "invoice_id",
                        "amount",
                        "currency",
                        "billing_first_name",
                        "billing_last_name",
                        "billing_company",
                        "billing_company_id",
                        "billing_company_vat",
                        "billing_email",
                        "billing_street",
                        "billing_city",
                        "billing_state",
                        "billing_zip",
                        "billing_country_code",
                        "language_code",
                        "website_alias",
                        "website_domain",
                        "success_url",
                        "failure_url",
                        "notify_url",
                        "signature");
        assertThat(order.invoice()).matches("M-\\d{10}-\\d{10}");
        assertThat(order.uuid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(signature.verify(form.fields())).isTrue();
    }

    @Test
    void the_product_page_leads_through_a_self_posting_form_with_a_visible_button() throws Exception {
        // Given
        String window = get("/").body();

        // When
        HttpResponse<String> leaving = post(
                "/checkout",
                "application/x-www-form-urlencoded",
                "product=lamp&first_name=Avery&last_name=Ex%3Cample&email=a%40example.com");

        // Then
        assertThat(window).contains("TEST", "Checkout", "action=\"/checkout\"");
        assertThat(leaving.body())
                .contains("action=\"http://127.0.0.1:8080/mozello/demo-shop/checkout\"")
                .contains("<button>Continue</button>")
                .contains("name=\"signature\"")
                .contains("Ex&lt;ample")
                .doesNotContain("Ex<ample");
        assertThat(leaving.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    @Test
    void an_approval_pays_the_order_and_the_pages_say_so() throws Exception {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.NONE);
        String pending = get("/orders/" + order.uuid()).body();

        // When
        HttpResponse<String> answer = notify(order, "approved", true);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"error\":false}");
        assertThat(status(order)).isEqualTo(PaymentStatus.PAID);
        assertThat(pending).contains("data-status=\"pending\"", "http-equiv=\"refresh\"");
        assertThat(get("/orders/" + order.uuid()).body())
                .contains("data-status=\"paid\"")
                .doesNotContain("http-equiv=\"refresh\"");
        assertThat(get("/success?order=" + order.uuid()).body()).contains("/orders/" + order.uuid());
        assertThat(get("/failure?order=" + order.uuid()).body()).contains("/orders/" + order.uuid());
    }

    @Test
    void a_multipart_notification_is_read_as_well() throws Exception {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.NONE);
        String body = signed(order, "failed", true).stream()
                .map(field -> "--cut\r\nContent-Disposition: form-data; name=\"" + field.name() + "\"\r\n\r\n"
                        + field.value() + "\r\n")
                .collect(Collectors.joining("", "", "--cut--\r\n"));

        // When
        HttpResponse<String> answer = post("/notify/demo-shop", "multipart/form-data; boundary=cut", body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(status(order)).isEqualTo(PaymentStatus.FAILED);
    }

    @Test
    void check_pending_protects_an_order_that_is_no_longer_pending_and_names_its_status() throws Exception {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.NONE);
        notify(order, "failed", true);

        // When
        HttpResponse<String> refused = notify(order, "approved", true);
        PaymentStatus afterRefusal = status(order);
        notify(order, "approved", false);

        // Then
        assertThat(refused.body()).contains("\"error\":true", "\"payment_status\":\"failed\"");
        assertThat(afterRefusal).isEqualTo(PaymentStatus.FAILED);
        assertThat(status(order)).isEqualTo(PaymentStatus.PAID);
        assertThat(calls(order).stream().map(NotifyCall::effect))
                .containsExactly(NotifyEffect.CHANGED, NotifyEffect.REFUSED_NOT_PENDING, NotifyEffect.CHANGED);
    }

    @Test
    void a_wrong_signature_changes_nothing() throws Exception {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.NONE);
        String forged = "order_uuid=" + order.uuid() + "&status=approved&signature=AAAA";

        // When
        HttpResponse<String> answer = post("/notify/demo-shop", "application/x-www-form-urlencoded", forged);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(status(order)).isEqualTo(PaymentStatus.PENDING);
        assertThat(calls(order).getFirst().signatureValid()).isFalse();
    }

    @Test
    void the_first_notifications_fail_as_often_as_planned_without_being_processed() throws Exception {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.of(NotifyFault.ERROR_500, 2));

        // When
        List<Integer> answers = List.of(
                notify(order, "approved", true).statusCode(),
                notify(order, "approved", true).statusCode());
        PaymentStatus before = status(order);
        int third = notify(order, "approved", true).statusCode();

        // Then
        assertThat(answers).containsExactly(500, 500);
        assertThat(before).isEqualTo(PaymentStatus.PENDING);
        assertThat(third).isEqualTo(200);
        assertThat(status(order)).isEqualTo(PaymentStatus.PAID);
    }

    @Test
    void a_lost_answer_is_a_processed_notification_on_a_closed_connection() {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.of(NotifyFault.LOST_ANSWER, 1));

        // When / Then
        assertThatThrownBy(() -> notify(order, "approved", true)).isInstanceOf(IOException.class);
        assertThat(status(order)).isEqualTo(PaymentStatus.PAID);
        assertThat(calls(order).getFirst().answered()).isZero();
    }

    @Test
    void a_hanging_notification_is_neither_processed_nor_answered() {
        // Given
        OrderSnapshot order = shop.newOrder(TOTAL, "CAD", FaultPlan.of(NotifyFault.HANG, 1));

        // When / Then
        assertThatThrownBy(() -> notify(order, "approved", true)).isInstanceOf(IOException.class);
        assertThat(status(order)).isEqualTo(PaymentStatus.PENDING);
        assertThat(calls(order).getFirst().effect()).isEqualTo(NotifyEffect.NOT_PROCESSED);
    }

    private List<FormField> signed(OrderSnapshot order, String status, boolean checkPending) {
        List<FormField> fields = new ArrayList<>();
        fields.add(new FormField("order_uuid", order.uuid()));
        fields.add(new FormField("status", status));
        if (checkPending) {
            fields.add(new FormField("check_pending", "1"));
        }
        fields.add(new FormField("signature", signature.sign(fields)));
        return fields;
    }

    private HttpResponse<String> notify(OrderSnapshot order, String status, boolean checkPending)
            throws IOException, InterruptedException {
        String body = signed(order, status, checkPending).stream()
                .map(field -> field.name() + "=" + URLEncoder.encode(field.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return post("/notify/demo-shop", "application/x-www-form-urlencoded", body);
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(shop.base() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(shop.base() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private PaymentStatus status(OrderSnapshot order) {
        return shop.order(order.uuid()).orElseThrow().status();
    }

    private List<NotifyCall> calls(OrderSnapshot order) {
        return shop.journal().stream()
                .filter(call -> call.orderUuid().equals(order.uuid()))
                .toList();
    }
}
