package dev.intermezzo.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.merchants.MerchantsCommand;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.LedgerFold;
import dev.intermezzo.orchestrator.ledger.LedgerFold.Folded;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.orchestrator.payment.PaymentState.Live;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import dev.intermezzo.sandbox.shop.StoreApiFault;
import dev.intermezzo.sandbox.shop.StoreNotificationCall;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A private shop with a Store API key: compared before money is asked for, and heard when it changes its mind. */
@Tag("full")
class StoreApiEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "TEST-store-api-key-of-the-demo-shop";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static SandboxWorld world;

    private final EuroBuyer buyer = new EuroBuyer(PATIENCE);

    @BeforeAll
    static void start() throws IOException {
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
        world.shop().openStoreApi(KEY);
        CommandRun run = CommandRun.of(
                new MerchantsCommand(),
                TestKafka.options(world.kafka()),
                "rotate",
                SandboxWorld.SHOP,
                "--store-api",
                "--secret-file",
                Files.writeString(folder.resolve("store-api-key"), KEY).toString(),
                "--keys",
                folder.resolve("keys").toString());
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.HOLDS);
        // The edge and the executor hear of it when they do.
        EuroBuyer first = new EuroBuyer(PATIENCE);
        await().atMost(PATIENCE).until(() -> {
            first.statusOf(world.shop().signedForm(order("first")));
            return world.shop().storeQuestions() > 0;
        });
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void mend() {
        world.shop().failStoreApi(StoreApiFault.NONE);
    }

    @Test
    void an_order_that_the_shop_confirms_is_paid_and_its_own_echo_opens_no_case() {
        // Given
        OrderSnapshot order = order("approved");

        // When
        URI provider = provider(order);
        buyer.press(provider, "approve");

        // Then
        assertBecomes(order, PaymentStatus.PAID);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.shop().storeNotifications())
                        .contains(new StoreNotificationCall(order.uuid(), "paid", 200)));
        await().atMost(PATIENCE).until(() -> noted(order).contains("shop-confirms"));
        assertThat(payment(order).dossier().cases()).isEmpty();
        assertThat(world.shop().storeQuestionsTooMany()).isZero();
    }

    @Test
    void an_order_whose_total_was_changed_in_the_shop_is_held() {
        OrderSnapshot order = order("changed");
        var form = world.shop().signedForm(order);
        world.shop().changeTotal(order.uuid(), new BigDecimal("12.00"));

        buyer.checkout(form);

        await().atMost(PATIENCE).until(() -> payment(order).kind() == StateKind.UNDER_REVIEW);
        assertThat(payment(order).dossier().openCases()).singleElement().satisfies(open -> {
            assertThat(open.reason()).isEqualTo("shop-order-differs");
            assertThat(open.detail()).isEqualTo("total=12.00");
        });
    }

    @Test
    void an_order_paid_by_hand_while_its_buyer_pays_is_told_nothing_more() {
        // Given
        OrderSnapshot order = order("by-hand");
        URI provider = provider(order);

        // When
        world.shop().setByHand(order.uuid(), PaymentStatus.PAID);
        await().atMost(PATIENCE).until(() -> reasons(order).contains("order-paid-otherwise"));
        buyer.press(provider, "approve");

        // Then
        await().atMost(PATIENCE).until(() -> payment(order).kind() == StateKind.APPROVED);
        assertThat(reasons(order)).containsExactly("order-paid-otherwise", "order-paid-twice");
        assertThat(notified(order)).isEmpty();
    }

    @Test
    void a_shop_that_is_down_for_a_moment_is_asked_again() {
        OrderSnapshot order = order("down");
        int asked = world.shop().storeQuestions();
        world.shop().failStoreApi(StoreApiFault.DOWN);

        String page = buyer.checkout(world.shop().signedForm(order));
        await().atMost(PATIENCE).until(() -> world.shop().storeQuestions() > asked);
        assertThat(payment(order).kind()).isEqualTo(StateKind.VERIFYING);
        world.shop().failStoreApi(StoreApiFault.NONE);

        URI provider = buyer.choose(page, "TRUST");
        buyer.open(provider);
    }

    private URI provider(OrderSnapshot order) {
        URI provider = buyer.choose(buyer.checkout(world.shop().signedForm(order)), "TRUST");
        buyer.open(provider);
        return provider;
    }

    private static OrderSnapshot order(String name) {
        Buyer person = new Buyer("Liga", "Example", name + "@example.com", "+37120000000", "lv", "en");
        return world.shop().newOrder(new BigDecimal("120.00"), "EUR", person, FaultPlan.NONE);
    }

    private static void assertBecomes(OrderSnapshot order, PaymentStatus status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.shop().order(order.uuid()))
                        .hasValueSatisfying(now -> assertThat(now.status()).isEqualTo(status)));
    }

    private static List<NotifyCall> notified(OrderSnapshot order) {
        return world.shop().journal().stream()
                .filter(call -> call.orderUuid().equals(order.uuid()))
                .toList();
    }

    private static List<String> reasons(OrderSnapshot order) {
        return payment(order).dossier().openCases().stream().map(Case::reason).toList();
    }

    private static List<String> noted(OrderSnapshot order) {
        return ledger(order).stream().map(LedgerEntry::getVerdictCode).toList();
    }

    /** The payment as its ledger tells it. */
    private static Live payment(OrderSnapshot order) {
        await().atMost(PATIENCE).until(() -> !ledger(order).isEmpty());
        LedgerFold fold = new LedgerFold(new EventReader(WriterSchemas.compiledIn()), new Bookkeeper());
        ledger(order).forEach(entry -> assertThat(fold.accept(entry)).isInstanceOf(Folded.Reproduced.class));
        return (Live) Objects.requireNonNull(fold.state());
    }

    private static List<LedgerEntry> ledger(OrderSnapshot order) {
        String payment = Ids.payment(SandboxWorld.SHOP, order.uuid());
        Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);
        List<LedgerEntry> entries = new ArrayList<>();
        new TopicScan(world.kafka(), Topics.PAYMENT_LEDGER).whereKeyIs(payment, record -> {
            if (payment.equals(record.key())) {
                entries.add(codec.decode(record.value(), WriterSchemas.compiledIn()));
            }
        });
        return entries;
    }
}
