package dev.intermezzo.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.faults.WebhookFault;
import dev.intermezzo.sandbox.shop.Buyer;
import dev.intermezzo.sandbox.shop.NotifyCall;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the shop through the provider's page and its webhook to the notification, for each provider in euros. */
class ProvidersEndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger BUYERS = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static SandboxWorld world;

    private final EuroBuyer buyer = new EuroBuyer(PATIENCE);
    private final String email = "euro-" + BUYERS.incrementAndGet() + "@example.com";

    @BeforeAll
    static void start() {
        world = SandboxWorld.start(folder, Ports.free(), what -> {});
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private List<NotifyCall> toldAbout(OrderSnapshot order) {
        return world.shop().journal().stream()
                .filter(call -> call.orderUuid().equals(order.uuid()))
                .toList();
    }

    private OrderSnapshot order() {
        Buyer person = new Buyer("Liga", "Example", email, "+37120000000", "lv", "en");
        return world.shop().newOrder(new BigDecimal("120.00"), "EUR", person, FaultPlan.NONE);
    }

    private String begun(OrderSnapshot order) {
        return buyer.checkout(world.shop().signedForm(order));
    }

    private void assertBecomes(OrderSnapshot order, PaymentStatus status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.shop().order(order.uuid()))
                        .hasValueSatisfying(now -> assertThat(now.status()).isEqualTo(status)));
        assertThat(toldAbout(order)).isNotEmpty().allMatch(NotifyCall::signatureValid);
    }

    private List<TransactionSnapshot> transactions() {
        return world.cashier().transactions().stream()
                .filter(each -> each.email().equals(email))
                .toList();
    }

    @Test
    void trust_is_paid_through_the_return_address_of_the_payment_itself() {
        OrderSnapshot order = order();
        String page = begun(order);

        URI provider = buyer.choose(page, "TRUST");
        buyer.open(provider);
        URI back = buyer.press(provider, "approve");

        assertThat(back.getPath()).startsWith("/return/").doesNotContain(SandboxWorld.ACCOUNT);
        assertThat(buyer.land(back)).contains(order.invoice());
        assertBecomes(order, PaymentStatus.PAID);
        assertThat(transactions()).singleElement().satisfies(each -> {
            assertThat(each.psp()).isEqualTo(Psp.TRUST);
            assertThat(each.userId()).startsWith("b");
        });
    }

    @Test
    void forumpay_is_paid_although_neither_its_answer_nor_its_webhook_names_our_reference() {
        OrderSnapshot order = order();
        String page = begun(order);

        URI provider = buyer.choose(page, "FORUMPAY");
        URI back = buyer.press(provider, "approve");

        assertThat(back).isEqualTo(world.returnAddress());
        assertBecomes(order, PaymentStatus.PAID);
        assertThat(transactions()).singleElement().satisfies(each -> {
            assertThat(each.psp()).isEqualTo(Psp.FORUMPAY);
            assertThat(each.userId()).startsWith("p1").endsWith(SandboxWorld.SHOP);
        });
    }

    @Test
    void a_webhook_that_overtakes_an_answer_which_will_name_no_transaction_is_matched_at_once() {
        world.cashier().expect(email, FaultPlan.of(CallFault.WEBHOOK_BEFORE_ANSWER));
        OrderSnapshot order = order();

        buyer.wish(begun(order), "FORUMPAY");

        assertBecomes(order, PaymentStatus.PAID);
    }

    @Test
    void a_decline_offers_the_other_provider_and_its_payment_counts() {
        OrderSnapshot order = order();
        String page = begun(order);
        URI first = buyer.choose(page, "FORUMPAY");
        buyer.press(first, "decline");
        buyer.awaitState(page, "not-paid");

        URI second = buyer.again(page, "TRUST");
        buyer.press(second, "approve");

        assertBecomes(order, PaymentStatus.PAID);
    }

    @Test
    void a_crypto_transfer_of_less_than_was_asked_is_reviewed_and_the_shop_told_nothing() {
        world.cashier().expect(email, FaultPlan.of(WebhookFault.WRONG_AMOUNT));
        OrderSnapshot order = order();
        String page = begun(order);

        buyer.press(buyer.choose(page, "FORUMPAY"), "approve");

        buyer.awaitState(page, "under-review");
        assertThat(buyer.page(page)).contains("Please do not pay again");
        assertThat(toldAbout(order)).isEmpty();
    }

    @Test
    void who_cancels_at_trust_comes_back_to_the_payment_and_may_pay_at_the_other_provider() {
        OrderSnapshot order = order();
        String page = begun(order);
        URI first = buyer.choose(page, "TRUST");
        buyer.open(first);

        URI back = buyer.press(first, "cancel");

        assertThat(back.getPath()).startsWith("/return/").doesNotContain(SandboxWorld.ACCOUNT);
        assertThat(buyer.land(back))
                .contains(order.invoice(), "Start again", "if I already paid, I must not pay again")
                .doesNotContain(first.toString());
        buyer.press(buyer.again(page, "FORUMPAY"), "approve");
        assertBecomes(order, PaymentStatus.PAID);
    }

    @Test
    void a_page_that_was_used_and_whose_time_is_over_is_opened_again_as_the_next_attempt_and_never_shown_again() {
        OrderSnapshot order = order();
        String page = begun(order);
        URI first = buyer.choose(page, "TRUST");
        buyer.open(first);
        world.cashier().endPageOf(transactions().getFirst().id());
        assertThat(buyer.statusOf(first + "/approve")).isEqualTo(410);

        String waiting = buyer.page(page);
        assertThat(waiting)
                .contains("opened in another tab", "Start again", "if I already paid, I must not pay again")
                .doesNotContain(first.toString());
        assertThat(buyer.page(page + "?continue=1")).doesNotContain(first.toString());
        URI second = buyer.again(page, "TRUST");
        buyer.press(second, "approve");

        assertThat(second).isNotEqualTo(first);
        assertBecomes(order, PaymentStatus.PAID);
        assertThat(transactions()).hasSize(2);
    }
}
