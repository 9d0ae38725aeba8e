package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.merchants.ConnectionMarks;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.PaymentEvent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that come through the public listing: whose they are, and who cannot make them somebody else's. */
@ExtendWith(World.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicCheckoutTest {

    private final ListedShop listed;

    PublicCheckoutTest(EmbeddedBroker broker) {
        this.listed = new ListedShop(broker);
    }

    @BeforeEach
    void connect() {
        listed.shop.failApi(0);
        listed.connected();
    }

    @AfterAll
    void stop() {
        listed.close();
    }

    @Test
    void an_order_is_paid_for_the_merchant_whose_connection_mozello_names() {
        OrderSnapshot order = listed.newOrder();

        HttpResponse<String> answer = listed.post(order);

        assertThat(answer.statusCode()).isEqualTo(303);
        String paymentId = ListedShop.FIRST + '~' + order.uuid();
        assertThat(EdgeClient.location(answer))
                .isEqualTo(FakeOrchestrator.page(paymentId, 1).toString());
        CheckoutReceived event = listed.world.awaitBody(paymentId, CheckoutReceived.class);
        assertThat(event.getIntegrationId()).isEqualTo(ListedShop.FIRST);
        assertThat(event.getMozelloKeyId()).isEqualTo(ListedShop.LISTING + "~main");
        assertThat(event.getHolds()).isEmpty();
        assertThat(listed.world.eventsOf(paymentId))
                .extracting(PaymentEvent::getMerchantId)
                .containsOnly(TestMerchants.SHOP);
    }

    @Test
    void mozellos_addresses_count_instead_of_the_forms() {
        OrderSnapshot order = listed.newOrder();
        Order form = ListedShop.formOf(order)
                .with("success_url", "https://elsewhere.example/")
                .with("notify_url", "https://elsewhere.example/notify");

        HttpResponse<String> answer = listed.post(form.signedWith(ListedShop.GLOBAL_KEY));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(listed.published(order)).singleElement().satisfies(event -> {
            assertThat(event.getSuccessUrl()).isEqualTo(listed.shop.base() + "/success?order=" + order.uuid());
            assertThat(event.getNotifyUrl()).startsWith(listed.shop.base() + "/notify/");
            assertThat(event.getHolds()).isEmpty();
        });
    }

    @Test
    void settings_that_a_form_claims_are_ignored() {
        OrderSnapshot order = listed.newOrder();
        Order form = ListedShop.formOf(order)
                .with("connection_id", ListedShop.SECOND)
                .with("connection_secret", ListedShop.SECOND_SECRET);

        assertThat(listed.post(form.signedWith(ListedShop.GLOBAL_KEY)).statusCode())
                .isEqualTo(303);

        assertThat(listed.published(order))
                .singleElement()
                .satisfies(event -> assertThat(event.getIntegrationId()).isEqualTo(ListedShop.FIRST));
    }

    @Test
    void a_shop_that_claims_another_merchants_connection_is_refused_and_nothing_is_published() {
        listed.shop.enter(ListedShop.ENTERED.entering(ListedShop.SECOND, ListedShop.FIRST_SECRET));
        OrderSnapshot claiming = listed.newOrder();
        HttpResponse<String> wrongSecret = listed.post(claiming);
        listed.shop.enter(ListedShop.ENTERED.entering("no-such-connection", ListedShop.FIRST_SECRET));
        OrderSnapshot nobodys = listed.newOrder();
        HttpResponse<String> unknown = listed.post(nobodys);

        assertRefused(wrongSecret, 403, "connection-refused");
        assertRefused(unknown, 403, "connection-refused");
        assertThat(listed.published(claiming)).isEmpty();
        assertThat(listed.published(nobodys)).isEmpty();
    }

    @Test
    void a_private_shop_or_the_listing_itself_is_no_connection() {
        for (String id : new String[] {TestMerchants.SHOP, ListedShop.LISTING}) {
            listed.shop.enter(ListedShop.ENTERED.entering(id, TestMerchants.KEY));

            assertRefused(listed.post(listed.newOrder()), 403, "connection-refused");
        }
    }

    @Test
    void a_production_merchant_is_not_reached_through_a_listing_for_tests() {
        String connection = "other-connection";
        String secret = "TEST-secret-of-a-production-merchant";
        listed.publish(connection, "CONNECTION", TestMerchants.SHOP, "connection-secret", secret, Environment.SANDBOX);
        installed(connection);
        listed.shop.enter(ListedShop.ENTERED.entering(connection, secret));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> listed.post(listed.newOrder()).statusCode(), status -> status == 303);

        listed.publish(
                connection, "CONNECTION", TestMerchants.SHOP, "connection-secret", secret, Environment.PRODUCTION);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertRefused(listed.post(listed.newOrder()), 403, "connection-refused"));
    }

    @Test
    void a_form_of_another_merchants_order_is_refused_wherever_it_is_brought() {
        OrderSnapshot order = listed.newOrder();
        OrderSnapshot foreign = listed.newOrder();
        String global = listed.shop.signedForm(order).encoded();
        String withForeignOrder = global.replace(order.uuid(), foreign.uuid());
        String privatelySigned = ListedShop.formOf(order).signed();

        HttpResponse<String> atPrivateShop = listed.world.http.post(
                "/mozello/" + TestMerchants.SHOP + "/checkout",
                EdgeClient.FORM,
                global,
                "Accept",
                "application/problem+json");
        HttpResponse<String> atListingsName = listed.world.http.post(
                "/mozello/" + ListedShop.LISTING + "/checkout",
                EdgeClient.FORM,
                global,
                "Accept",
                "application/problem+json");

        assertRefused(atPrivateShop, 403, "signature-wrong");
        assertRefused(atListingsName, 403, "signature-wrong");
        assertRefused(listed.post(privatelySigned), 403, "signature-wrong");
        assertRefused(listed.post(withForeignOrder), 403, "signature-wrong");
        assertThat(listed.published(order)).isEmpty();
        assertThat(listed.published(foreign)).isEmpty();
    }

    @Test
    void a_form_recut_under_its_valid_signature_is_refused() {
        OrderSnapshot order = listed.newOrder();
        Order signed = ListedShop.formOf(order).with("billing_company", "0.02");
        String signature = signed.signature(ListedShop.GLOBAL_KEY);
        String recut = Order.encoded(renamed(signed, signature));

        assertRefused(listed.post(recut), 400, "form-recut");
        assertThat(listed.published(order)).isEmpty();
    }

    @Test
    void the_form_of_an_order_that_mozello_does_not_know_is_refused() {
        Order invented = Order.fresh();

        assertRefused(listed.post(invented.signedWith(ListedShop.GLOBAL_KEY)), 403, "settings-refused");
        assertRefused(
                listed.post(invented.with("order_uuid", "x").signedWith(ListedShop.GLOBAL_KEY)),
                400,
                "order-uuid-malformed");
    }

    @Test
    void while_mozello_does_not_say_whose_order_it_is_the_buyer_may_try_again() {
        OrderSnapshot order = listed.newOrder();
        listed.shop.failApi(503);

        HttpResponse<String> page = listed.world.http.post(
                "/mozello/checkout",
                EdgeClient.FORM,
                listed.shop.signedForm(order).encoded(),
                "Accept",
                "text/html");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.body()).contains("/mozello/checkout?again=1").doesNotContain(ListedShop.FIRST_SECRET);
        assertThat(listed.published(order)).isEmpty();
        listed.shop.failApi(0);
        assertThat(listed.post(order).statusCode()).isEqualTo(303);
    }

    @Test
    void the_same_form_again_is_the_same_payment_and_costs_mozello_one_question() {
        OrderSnapshot order = listed.newOrder();
        int before = listed.shop.settingsQuestions();

        for (int i = 0; i < 5; i++) {
            assertThat(listed.post(order).statusCode()).isEqualTo(303);
        }

        assertThat(listed.shop.settingsQuestions()).isEqualTo(before + 1);
        assertThat(listed.published(order))
                .extracting(CheckoutReceived::getOrderUuid)
                .containsOnly(order.uuid());
    }

    @Test
    void a_disabled_merchants_connection_begins_nothing() {
        String secret = "TEST-secret-of-the-closed-merchant";
        listed.publish(
                "closed-connection",
                "CONNECTION",
                TestMerchants.CLOSED_SHOP,
                "connection-secret",
                secret,
                Environment.SANDBOX);
        installed("closed-connection");
        listed.shop.enter(ListedShop.ENTERED.entering("closed-connection", secret));

        OrderSnapshot order = listed.newOrder();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertRefused(listed.post(listed.newOrder()), 403, "merchant-disabled"));
        assertRefused(listed.post(order), 403, "merchant-disabled");
        assertThat(listed.published(order)).isEmpty();
    }

    @Test
    void a_connection_that_an_operator_disconnects_begins_nothing_any_more_and_no_webhook_lifts_that() {
        String mark = ConnectionMarks.disconnected(ListedShop.FIRST);
        try {
            listed.world.publish(ConnectionMarks.mark(mark, Environment.SANDBOX, Instant.now(), "operator"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertRefused(listed.post(listed.newOrder()), 403, "connection-not-active"));
            assertThat(listed.shop.install().status()).isEqualTo(200);
            OrderSnapshot order = listed.newOrder();
            assertRefused(listed.post(order), 403, "connection-not-active");
            assertThat(listed.published(order)).isEmpty();
        } finally {
            listed.world.forget("integration:" + mark);
        }
    }

    private void installed(String connection) {
        listed.world.publish(ConnectionMarks.mark(
                ConnectionMarks.installed(connection), Environment.SANDBOX, Instant.now(), "operator"));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    /** Amount and company exchange their names and stay where they are, so that the joined values stay the same. */
    private static Map<String, String> renamed(Order signed, String signature) {
        return signed.renamedFields(Map.of("amount", "billing_company", "billing_company", "amount"), signature);
    }
}
