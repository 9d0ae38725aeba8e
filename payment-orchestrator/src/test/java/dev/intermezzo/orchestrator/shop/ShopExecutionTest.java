package dev.intermezzo.orchestrator.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import dev.intermezzo.sandbox.shop.ShopSettings;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import dev.intermezzo.sandbox.shop.StoreApiFault;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CompareOrder;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OrderDiffers;
import dev.intermezzo.schemas.avro.OrderMatches;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.ShopUnreachable;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Questions to a simulated shop over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopExecutionTest {

    private static final String SHOP = "demo-shop";
    private static final String KEY = "TEST-store-api-key";
    private static final String PRICE = "149.90";

    private final InstantSource clock = InstantSource.system();
    private final SecretSealer sealer = new SecretSealer(SealingKeys.generate());
    private final SimulatedShop shop = SimulatedShop.start(
            ShopSettings.of(0, SHOP, "TEST-payment-api-key"), URI.create("http://127.0.0.1:9"), clock, new Random(1));
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());

    private Integration integration = integration(KEY, null);
    private final ShopPace pace = new ShopPace(clock);
    private final ShopExecution execution = new ShopExecution(
            new dev.intermezzo.orchestrator.shop.ShopSettings(
                    shop.api(), Duration.ofMillis(800), PumpSettings.defaults()),
            new StoreKeys(
                    id -> id.equals(SHOP) ? Optional.of(versioned(integration)) : Optional.empty(), sealer, clock),
            http,
            pace,
            clock);

    ShopExecutionTest() {
        shop.openStoreApi(KEY);
    }

    @AfterAll
    void stop() {
        shop.close();
        http.close();
    }

    @Test
    void an_order_that_is_as_its_form_says_matches() {
        ShopCommand command = command(order(), PRICE, "EUR");

        ShopResult result = execution.execute(command);

        assertThat(result.getBody()).isInstanceOf(OrderMatches.class);
        assertThat(result.getId()).isEqualTo(Ids.result(command.getId()));
        assertThat(result.getCommandId()).isEqualTo(command.getId());
        assertThat(result.getPaymentId()).isEqualTo(command.getPaymentId());
    }

    @Test
    void another_total_or_currency_is_named_with_what_the_shop_says() {
        OrderSnapshot order = order();

        assertThat(differences(command(order, "0.90", "EUR"))).containsExactly("total=149.90");
        assertThat(differences(command(order, PRICE, "USD"))).containsExactly("currency=EUR");
    }

    @Test
    void an_order_that_is_not_pending_any_more_differs() {
        OrderSnapshot order = order();
        shop.setByHand(order.uuid(), PaymentStatus.PAID);

        assertThat(differences(command(order, PRICE, "EUR"))).containsExactly("payment_status=paid");
    }

    /** A digit moved from the amount to the invoice number: no such order, and no silence either. */
    @Test
    void an_order_that_the_shop_does_not_have_differs() {
        OrderSnapshot order = order();
        ShopCommand shifted = ShopCommand.newBuilder(command(order, PRICE, "EUR"))
                .setBody(new CompareOrder(order.invoice() + "1", money("49.90", "EUR")))
                .build();

        assertThat(differences(shifted)).containsExactly("order=http-404");
    }

    @Test
    void an_invoice_number_leads_nowhere_else() {
        ShopCommand sly = ShopCommand.newBuilder(command(order(), PRICE, "EUR"))
                .setBody(new CompareOrder("../../orders/?x=", money(PRICE, "EUR")))
                .build();

        assertThat(differences(sly)).singleElement().asString().startsWith("order=http-4");
    }

    @Test
    void a_shop_that_answers_nothing_of_use_is_unreachable() {
        OrderSnapshot order = order();

        assertThat(unreachable(order, StoreApiFault.DOWN)).isEqualTo("http-503");
        assertThat(unreachable(order, StoreApiFault.SLOW)).isEqualTo("deadline");
        assertThat(unreachable(order, StoreApiFault.UNREADABLE)).isEqualTo("answer-unreadable");
    }

    @Test
    void a_shop_that_is_asked_too_much_is_left_alone_for_as_long_as_it_says() {
        OrderSnapshot order = order();

        assertThat(unreachable(order, StoreApiFault.LIMITED)).isEqualTo("http-429");
        ShopCommand hurried = ShopCommand.newBuilder(command(order, PRICE, "EUR"))
                .setNotAfter(clock.instant().plusMillis(300).truncatedTo(ChronoUnit.MICROS))
                .build();

        assertThat(execution.execute(hurried).getBody())
                .isEqualTo(new ShopUnreachable(ShopExecution.TOO_MANY_QUESTIONS));
        assertThat(execution.execute(command(order, PRICE, "EUR")).getBody()).isInstanceOf(OrderMatches.class);
    }

    @Test
    void many_orders_of_one_shop_are_asked_about_no_faster_than_it_allows() throws Exception {
        OrderSnapshot order = order();
        int before = shop.storeQuestionsTooMany();

        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ShopResult>> results = List.of(
                    many.submit(() -> execution.execute(command(order, PRICE, "EUR"))),
                    many.submit(() -> execution.execute(command(order, PRICE, "EUR"))),
                    many.submit(() -> execution.execute(command(order, PRICE, "EUR"))),
                    many.submit(() -> execution.execute(command(order, PRICE, "EUR"))),
                    many.submit(() -> execution.execute(command(order, PRICE, "EUR"))),
                    many.submit(() -> execution.execute(command(order, PRICE, "EUR"))),
                    many.submit(() -> execution.execute(command(order, PRICE, "EUR"))));
            for (Future<ShopResult> result : results) {
                assertThat(result.get().getBody()).isInstanceOf(OrderMatches.class);
            }
        }

        assertThat(shop.storeQuestionsTooMany()).isEqualTo(before);
    }

    @Test
    void a_command_that_comes_too_late_asks_nobody() {
        ShopCommand late = ShopCommand.newBuilder(command(order(), PRICE, "EUR"))
                .setNotAfter(clock.instant().minusSeconds(1).truncatedTo(ChronoUnit.MICROS))
                .build();
        int before = shop.storeQuestions();

        assertThat(execution.execute(late).getBody()).isEqualTo(new ShopUnreachable(ShopExecution.EXPIRED));
        assertThat(shop.storeQuestions()).isEqualTo(before);
    }

    @Test
    void a_shop_without_a_valid_key_cannot_be_asked() {
        ShopCommand command = command(order(), PRICE, "EUR");
        integration = integration(KEY, clock.instant().minusSeconds(1));
        assertThat(execution.execute(command).getBody()).isEqualTo(new ShopUnreachable("store-api-key-missing"));

        integration = integration("another-key", null);
        assertThat(execution.execute(command).getBody()).isEqualTo(new ShopUnreachable("http-401"));

        integration = Integration.newBuilder(integration(KEY, null))
                .setKind("CONNECTION")
                .build();
        assertThat(execution.execute(command).getBody()).isEqualTo(new ShopUnreachable("integration-unknown"));
        integration = integration(KEY, null);
    }

    @Test
    void a_payment_of_another_environment_is_not_asked_about() {
        ShopCommand command = ShopCommand.newBuilder(command(order(), PRICE, "EUR"))
                .setEnvironment(Environment.PRODUCTION)
                .build();

        assertThat(execution.execute(command).getBody()).isEqualTo(new ShopUnreachable("integration-unknown"));
    }

    private List<String> differences(ShopCommand command) {
        return ((OrderDiffers) execution.execute(command).getBody()).getDifferences();
    }

    private String unreachable(OrderSnapshot order, StoreApiFault fault) {
        shop.failStoreApi(fault);
        try {
            return ((ShopUnreachable)
                            execution.execute(command(order, PRICE, "EUR")).getBody())
                    .getCode();
        } finally {
            shop.failStoreApi(StoreApiFault.NONE);
        }
    }

    private OrderSnapshot order() {
        return shop.newOrder(new BigDecimal(PRICE), "EUR", FaultPlan.NONE);
    }

    private ShopCommand command(OrderSnapshot order, String amount, String currency) {
        String payment = Ids.payment(SHOP, order.uuid());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new ShopCommand(
                Ids.decided(payment, 1, 1),
                payment,
                SHOP,
                Environment.SANDBOX,
                now,
                now.plusSeconds(30),
                new CompareOrder(order.invoice(), money(amount, currency)));
    }

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount).setScale(4), currency);
    }

    private Integration integration(String key, @Nullable Instant notAfter) {
        SealedSecret sealed = sealer.seal(
                MerchantKeys.integration(SHOP), StoreApiKey.PURPOSE, "main", key.getBytes(StandardCharsets.UTF_8));
        return Integration.newBuilder()
                .setMerchant(SHOP)
                .setKind("PRIVATE")
                .setSecrets(List.of(SealedSecret.newBuilder(sealed)
                        .setNotAfter(notAfter == null ? null : notAfter.truncatedTo(ChronoUnit.MICROS))
                        .build()))
                .setInvoicePattern("")
                .setFormLayout("")
                .setCurrencies(List.of("EUR"))
                .setNotifyHosts(List.of())
                .setShopHosts(List.of())
                .build();
    }

    private static Versioned<Integration> versioned(Integration integration) {
        return new Versioned<>(
                new MerchantRecord(SHOP, Environment.SANDBOX, Instant.EPOCH, "r1", integration), integration);
    }
}
