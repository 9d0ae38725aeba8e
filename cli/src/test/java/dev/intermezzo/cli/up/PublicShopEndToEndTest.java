package dev.intermezzo.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.ConnectionMarks;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import dev.intermezzo.sandbox.shop.WebhookCall;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop behind the public listing, from Mozello's install webhook to the notification that its order is paid. */
class PublicShopEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static SandboxWorld world;

    private final EuroBuyer buyer = new EuroBuyer(PATIENCE);

    @BeforeAll
    static void start() {
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void an_installed_shops_order_is_paid_and_told_with_the_global_key() {
        // Given: the owner has installed, when the world began, and saves again
        assertThat(world.shop().install()).isEqualTo(new WebhookCall(200, true));
        OrderSnapshot order = order("approved");

        int verified = world.cashier().verifiedSessions();

        // When
        URI provider = buyer.choose(buyer.checkout(world.shop().signedForm(order)), "TRUST");
        buyer.open(provider);
        buyer.land(buyer.press(provider, "approve"));

        // Then
        assertBecomes(order, PaymentStatus.PAID);
        assertThat(world.shop().signedForm(order).action().getPath()).isEqualTo("/mozello/checkout");
        assertThat(world.cashier().verifiedSessions())
                .as("its account sends session tokens, of which the Cashier asks the edge")
                .isGreaterThan(verified);
    }

    @Test
    void a_provider_that_demands_the_user_token_is_paid_with_a_session_where_that_is_confirmed() {
        OrderSnapshot order = order("crypto");

        URI provider = buyer.choose(buyer.checkout(world.shop().signedForm(order)), "FORUMPAY");
        URI back = buyer.press(provider, "approve");

        assertThat(back.getPath()).isEqualTo("/return/" + SandboxWorld.ACCOUNT + "-session");
        assertThat(buyer.land(back)).contains(order.invoice());
        assertBecomes(order, PaymentStatus.PAID);
    }

    @Test
    void an_open_payment_is_finished_and_told_after_its_connection_was_disconnected() {
        // Given
        OrderSnapshot order = order("disconnected");
        URI provider = buyer.choose(buyer.checkout(world.shop().signedForm(order)), "TRUST");
        buyer.open(provider);
        String mark = ConnectionMarks.disconnected(SandboxWorld.SHOP + "-public");

        // When: nothing new begins, and the provider approves then
        merchants(topic -> topic.send(
                Topics.MERCHANTS,
                MerchantKeys.integration(mark),
                ConnectionMarks.mark(mark, Environment.SANDBOX, Instant.now(), "operator")));
        await().atMost(PATIENCE).until(() -> buyer.statusOf(world.shop().signedForm(order("new"))) == 403);
        buyer.press(provider, "approve");

        // Then
        assertBecomes(order, PaymentStatus.PAID);
        merchants(topic -> topic.forget(Topics.MERCHANTS, MerchantKeys.integration(mark)));
        await().atMost(PATIENCE).until(() -> buyer.statusOf(world.shop().signedForm(order("later"))) == 303);
    }

    private static void merchants(Function<TypedProducer<MerchantRecord>, CompletableFuture<?>> act) {
        try (var producer = KafkaClients.producer(world.kafka(), "test")) {
            act.apply(new TypedProducer<>(producer, world.kafka())).join();
        }
    }

    private static OrderSnapshot order(String name) {
        Buyer person = new Buyer("Liga", "Example", name + "@example.com", "+37120000000", "lv", "en");
        return world.shop().newListedOrder(new BigDecimal("120.00"), "EUR", person, FaultPlan.NONE);
    }

    private static void assertBecomes(OrderSnapshot order, PaymentStatus status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.shop().order(order.uuid()))
                        .hasValueSatisfying(now -> assertThat(now.status()).isEqualTo(status)));
        List<NotifyCall> told = world.shop().journal().stream()
                .filter(call -> call.orderUuid().equals(order.uuid()))
                .toList();
        assertThat(told).isNotEmpty().allMatch(NotifyCall::signatureValid);
    }
}
