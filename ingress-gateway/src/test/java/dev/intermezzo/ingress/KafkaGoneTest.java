package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.avro.BuyerDetailsSubmitted;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.WebhookReceived;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the edge does while no broker answers, and that it recovers by itself. */
class KafkaGoneTest {

    /** A build machine shares its cores: what takes less than two seconds alone may take somewhat longer. */
    private static final Duration TWO_SECONDS_AND_A_BUSY_MACHINE = Duration.ofSeconds(6);

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int TRANSACTIONS = 8;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path data;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.keptIn(data.resolve("kafka"), 0);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private World world(String... settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("webhook.spool.dir", data.resolve("spool").toString());
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new World(broker, all);
    }

    private void back() {
        broker = EmbeddedBroker.keptIn(data.resolve("kafka"), 0);
    }

    @Test
    void a_checkout_is_answered_503_with_its_own_form_which_is_taken_when_kafka_is_back() {
        try (World world = world()) {
            Order order = Order.fresh()
                    .with("billing_company", "  \"Kalniņa & dēli\" <SIA>\r\n2. stāvs ")
                    .with("phone", "")
                    .with("language_code", "lv");
            broker.close();

            HttpResponse<String> refused = within(
                    TWO_SECONDS_AND_A_BUSY_MACHINE, () -> world.http.checkout(TestMerchants.SHOP, order.signed()));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(refused.body()).contains("<html lang=\"lv\">", "Mēģināt vēlreiz");
            HiddenForm again = HiddenForm.of(refused.body());
            assertThat(Order.encoded(again.fields())).isEqualTo(order.signed());

            back();
            Browser browser = world.http.new Browser();
            HttpResponse<String> taken = await().atMost(LONG)
                    .until(() -> browser.post(again.address(), again.fields()), answer -> answer.statusCode() != 503);
            assertThat(taken.statusCode()).isEqualTo(303);
            assertThat(EdgeClient.location(taken))
                    .as("a page of ours: browsers apply its form-action to redirects")
                    .startsWith("/pay/");
            assertThat(world.awaitBody(order.paymentId(), CheckoutReceived.class)
                            .getInvoiceId())
                    .isEqualTo(order.get("invoice_id"));
        }
    }

    @Test
    void who_a_session_belongs_to_is_told_without_kafka() {
        try (World world = world()) {
            String session = Sessions.header(world.keys, TestMerchants.ACCOUNT, Duration.ofMinutes(20));
            broker.close();

            HttpResponse<String> answer = within(
                    TWO_SECONDS_AND_A_BUSY_MACHINE,
                    () -> world.http.post(
                            "/mozarto/" + TestMerchants.ACCOUNT + "/users/" + TestMerchants.WEBHOOK_TOKEN,
                            "application/json",
                            "{}",
                            "Authorization",
                            session));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains(Sessions.USER);
        }
    }

    @Test
    void a_buyers_details_are_offered_again_to_the_browser_that_sent_them_and_to_no_other() {
        try (World world = world()) {
            Browser browser = world.http.new Browser();
            Order order = Order.fresh();
            HttpResponse<String> page = browser.follow(browser.checkout(order));
            String address = HiddenForm.action(page.body(), "details");
            Map<String, String> typed = Map.of("phone", "+1 416 555 0123");
            broker.close();

            HttpResponse<String> refused = within(TWO_SECONDS_AND_A_BUSY_MACHINE, () -> browser.post(address, typed));
            HttpResponse<String> stranger =
                    within(TWO_SECONDS_AND_A_BUSY_MACHINE, () -> world.http.new Browser().post(address, typed));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(HiddenForm.of(refused.body())).isEqualTo(new HiddenForm(address, typed));
            assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(stranger.statusCode()).isEqualTo(403);
            assertThat(stranger.body()).doesNotContain("555 0123");

            back();
            HiddenForm again = HiddenForm.of(refused.body());
            await().atMost(LONG)
                    .until(() -> browser.post(again.address(), again.fields()).statusCode() == 303);
            world.awaitBody(order.paymentId(), BuyerDetailsSubmitted.class);
        }
    }

    @Test
    void webhooks_that_arrive_once_each_during_an_outage_are_all_published_in_order() {
        outage(Duration.ofSeconds(6));
    }

    @Test
    @Tag("full")
    void webhooks_that_arrive_once_each_during_sixty_seconds_without_a_broker_are_all_published_in_order() {
        outage(Duration.ofSeconds(60));
    }

    private void outage(Duration length) {
        try (World world = world("ingress.webhook-deadline", "500ms");
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> transactions = IntStream.range(0, TRANSACTIONS)
                    .mapToObj(n -> "tx-" + Order.uuid())
                    .toList();
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Integer>> sent = transactions.stream()
                    .map(transaction ->
                            CompletableFuture.supplyAsync(() -> sendUntil(over, world, transaction), senders))
                    .toList();
            transactions.forEach(each ->
                    await().atMost(LONG).until(() -> !world.amountsOf(each).isEmpty()));

            broker.close();
            await().atMost(LONG).until(() -> world.measured("intermezzo.webhook.spool.records") > 0);
            assertThat(world.edge.ready())
                    .as("a spool is no reason to send webhooks elsewhere")
                    .isTrue();
            assertThat(world.edge.notes()).singleElement().asString().contains("wait in the spool");
            await().pollDelay(length).atMost(LONG.plus(length)).until(() -> true);
            back();
            await().atMost(LONG).until(() -> world.edge.notes().isEmpty());
            over.set(true);

            for (int i = 0; i < TRANSACTIONS; i++) {
                String transaction = transactions.get(i);
                List<Integer> all =
                        IntStream.rangeClosed(1, sent.get(i).join()).boxed().toList();
                await().atMost(LONG).until(() -> world.amountsOf(transaction).size() >= all.size());
                assertThat(world.amountsOf(transaction)).isEqualTo(all);
            }
            assertThat(world.measured("intermezzo.webhooks.spooled")).isGreaterThan(TRANSACTIONS);
            assertThat(world.measured("intermezzo.webhooks.republished")).isPositive();
            assertThat(world.measured("intermezzo.webhooks.refused")).isZero();
        }
    }

    /** Each webhook once, each answered 200, the next one after that. */
    private static int sendUntil(AtomicBoolean over, World world, String transaction) {
        int amount = 0;
        while (!over.get()) {
            HttpResponse<String> answer = world.webhook(transaction, ++amount);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        }
        return amount;
    }

    @Test
    void a_webhook_that_names_its_payment_goes_by_the_spool_to_that_payment() {
        try (World world = world("ingress.webhook-deadline", "500ms")) {
            String payment = Order.fresh().paymentId();
            String reference = world.reference(payment, 1);
            broker.close();

            HttpResponse<String> answer = world.http.post(
                    "/mozarto/" + TestMerchants.ACCOUNT + "/webhooks/" + TestMerchants.WEBHOOK_TOKEN,
                    "application/json",
                    """
                    {"transaction_id":"tx-1","transaction_status":"Approved","amount":"1","merchantReference":"%s"}""".formatted(reference));
            back();

            assertThat(answer.statusCode()).isEqualTo(200);
            await().atMost(LONG)
                    .until(() -> !world.bodiesOf(payment, WebhookReceived.class).isEmpty());
        }
    }

    @Test
    void beyond_the_spools_bound_a_webhook_is_answered_503_and_never_claimed_to_be_taken() {
        try (World world = world("ingress.webhook-deadline", "500ms", "webhook.spool.max-records", "2")) {
            String transaction = "tx-" + Order.uuid();
            broker.close();

            List<Integer> answers = new ArrayList<>();
            for (int amount = 1; amount <= 4; amount++) {
                answers.add(world.webhook(transaction, amount).statusCode());
            }

            assertThat(answers).containsExactly(200, 200, 503, 503);
            assertThat(world.webhook(transaction, 5).body()).contains("not-durable");
            back();
            await().atMost(LONG).until(() -> world.edge.notes().isEmpty());
            await().atMost(LONG).until(() -> world.webhook(transaction, 6).statusCode() == 200);
            await().atMost(LONG).until(() -> world.amountsOf(transaction).contains(6));
            assertThat(world.amountsOf(transaction)).containsExactly(1, 2, 6);
        }
    }

    private static HttpResponse<String> within(Duration most, Supplier<HttpResponse<String>> request) {
        long start = System.nanoTime();
        HttpResponse<String> answer = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most);
        return answer;
    }
}
