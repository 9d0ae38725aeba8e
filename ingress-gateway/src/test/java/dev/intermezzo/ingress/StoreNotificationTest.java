package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.StoreNotification;
import dev.intermezzo.partners.mozello.WebhookHash;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a private shop tells of its own accord, and what strangers may say in its name. */
@ExtendWith(World.Shared.class)
class StoreNotificationTest {

    private static final String SHOP = TestMerchants.COMPARED_SHOP;

    private final World world;

    StoreNotificationTest(World world) {
        this.world = world;
    }

    @Test
    void a_changed_payment_is_durable_under_its_shops_invoice_and_holds_nothing_of_the_buyer() {
        String invoice = "M-0000000001-1000000001";
        String body = changed(invoice, "paid");

        assertThat(post(SHOP, body, hash(SHOP, body)).statusCode()).isEqualTo(200);

        InboxWebhook kept = world.awaitInbox(key(invoice));
        WebhookFacts facts = kept.getWebhook();
        assertThat(kept.getEnvironment()).isEqualTo(Environment.SANDBOX);
        assertThat(kept.getSealedBody()).isNull();
        assertThat(facts.getAccount()).isEqualTo(Ids.shop(SHOP));
        assertThat(facts.getRawStatus()).isEqualTo("paid");
        assertThat(facts.getAmount()).isEqualByComparingTo(new BigDecimal("149.90"));
        assertThat(facts.getCurrency()).isEqualTo("CAD");
        assertThat(facts.getStatus()).as("never one that could move money").isEqualTo(TransactionStatus.UNKNOWN);
        assertThat(facts.getShape()).isEqualTo(WebhookShape.OTHER);
        assertThat(kept.toString()).doesNotContain("Anna");
    }

    @Test
    void what_is_told_twice_is_two_facts_because_an_owner_may_do_the_same_twice() {
        String invoice = "M-0000000001-1000000002";
        String body = changed(invoice, "paid");

        post(SHOP, body, hash(SHOP, body));
        post(SHOP, body, hash(SHOP, body));

        Awaitility.await()
                .until(() -> world.inboxOf(key(invoice)).stream()
                                .map(InboxWebhook::getId)
                                .distinct()
                                .count()
                        == 2);
    }

    @Test
    void events_that_concern_no_payment_are_taken_and_forgotten() {
        String invoice = "M-0000000001-1000000003";
        String body = changed(invoice, "pending").replace("PAYMENT_CHANGED", "ORDER_CREATED");

        assertThat(post(SHOP, body, hash(SHOP, body)).statusCode()).isEqualTo(200);

        assertThat(world.inboxOf(key(invoice))).isEmpty();
    }

    @Test
    void a_genuine_notification_that_nobody_can_read_is_kept_sealed() {
        String body = "[\"not what was documented\"]";

        assertThat(post(SHOP, body, hash(SHOP, body)).statusCode()).isEqualTo(200);

        InboxWebhook kept = world.awaitInbox(key(""));
        assertThat(kept.getWebhook().getShape()).isEqualTo(WebhookShape.UNREADABLE);
        byte[] sealed = new byte[kept.getSealedBody().remaining()];
        kept.getSealedBody().duplicate().get(sealed);
        assertThat(new Vault(world.keys).open(kept.getId(), sealed))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(body);
    }

    @Test
    void a_wrong_hash_a_shop_without_a_key_and_no_shop_at_all_are_answered_alike() {
        String invoice = "M-0000000001-1000000004";
        String body = changed(invoice, "paid");
        List<HttpResponse<String>> answers = List.of(
                post(SHOP, body, hash(TestMerchants.LENIENT_SHOP, body)),
                post(SHOP, body + " ", hash(SHOP, body)),
                post(SHOP, body, ""),
                post(TestMerchants.SHOP, body, hash(SHOP, body)),
                post(TestMerchants.SHOP, body, signed(TestMerchants.KEY, body)),
                post("no-such-shop", body, hash(SHOP, body)),
                post("NO~SHOP", body, hash(SHOP, body)));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401);
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.getFirst().body());
        assertThat(world.inboxOf(key(invoice))).isEmpty();
    }

    @Test
    void a_body_without_end_is_refused() {
        String body = " ".repeat(StoreNotification.MAX_BODY_BYTES + 1);

        assertThat(post(SHOP, body, hash(SHOP, body)).statusCode()).isEqualTo(413);
    }

    private HttpResponse<String> post(String shop, String body, String hash) {
        return world.http.post(
                "/mozello/" + shop + "/notifications", "application/json", body, WebhookHash.HEADER, hash);
    }

    private static String hash(String shop, String body) {
        return signed(TestMerchants.STORE_KEY + " of " + shop, body);
    }

    private static String signed(String key, String body) {
        return WebhookHash.sign(body.getBytes(StandardCharsets.UTF_8), MozelloKey.of("main", key));
    }

    private static String key(String invoice) {
        return Ids.transactionKey(Ids.shop(SHOP), invoice);
    }

    private static String changed(String invoice, String status) {
        return """
                {"event":"PAYMENT_CHANGED","order":{"order_id":"%s","payment_status":"%s","name":"Anna Example",\
                "currency":"CAD","total":149.9,"print_url":"https:\\/\\/shop.example\\/print"}}""".formatted(invoice, status);
    }
}
