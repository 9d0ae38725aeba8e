package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an account that sends session tokens is eligible for; the plan, with its reasons, goes into the ledger. */
@ExtendWith(World.Shared.class)
class SessionAccountTest {

    private static final String SHOP = "session-shop";
    private static final String ACCOUNT = "session-account";
    private static final List<String> TRUST =
            List.of("trust-request-as-in-example", "trust-page-in-data", "trust-webhook-says-status");
    private static final List<String> FORUMPAY =
            List.of("forumpay-request-as-in-example", "forumpay-page-in-data-url", "forumpay-webhook-repeats-user-id");

    private final World world;

    SessionAccountTest(World world) {
        this.world = world;
        world.publish(TestMerchants.record(
                SHOP,
                Merchant.newBuilder(TestMerchants.merchant(true, null, null))
                        .setAccount(ACCOUNT)
                        .setRoutes(List.of(route("FORUMPAY"), route("TRUST")))
                        .build()));
        world.publish(TestMerchants.record(SHOP, TestMerchants.integration(new SecretSealer(world.keys), SHOP)));
    }

    @Test
    void a_provider_that_demands_the_user_token_is_left_out_with_the_reason_until_an_operator_confirms_otherwise() {
        // Given
        account(FORUMPAY);

        // Then
        await().untilAsserted(() -> assertThat(reasons()).containsExactly(List.of("user-context"), List.of()));

        // When
        List<String> more = new ArrayList<>(FORUMPAY);
        more.add("forumpay-takes-session-token");
        account(more);

        // Then
        await().untilAsserted(() -> assertThat(reasons()).containsExactly(List.of(), List.of()));
    }

    private List<List<String>> reasons() {
        Order order = Order.fresh().with("currency", "EUR");
        world.http.checkout(SHOP, order.signed());
        return world
                .awaitBody(SHOP + '~' + order.get("order_uuid"), CheckoutReceived.class)
                .getPlan()
                .getRoutes()
                .stream()
                .map(PlannedRoute::getIneligibleReasons)
                .toList();
    }

    private void account(List<String> confirmedOfForumPay) {
        world.publish(TestMerchants.record(
                ACCOUNT,
                CashierAccount.newBuilder()
                        .setBaseUrl("https://cashier.example")
                        .setSecrets(List.of())
                        .setWebhookTokenDigests(List.of())
                        .setProviders(List.of(
                                new AccountProvider("TRUST", List.of("provider.example"), TRUST, List.of()),
                                new AccountProvider(
                                        "FORUMPAY", List.of("provider.example"), confirmedOfForumPay, List.of())))
                        .setUserContext("SESSION")
                        .build()));
    }

    private static Route route(String provider) {
        return new Route(provider, ACCOUNT, List.of("EUR"), List.of(), null, null, List.of());
    }
}
