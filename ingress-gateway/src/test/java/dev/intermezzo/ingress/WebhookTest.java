package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozarto.MerchantReference;
import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.runtime.sealing.IdentityKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookReceived;
import dev.intermezzo.schemas.avro.WebhookShape;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(World.Shared.class)
class WebhookTest {

    private final World world;
    private final String transaction = "tx-" + Order.uuid();

    WebhookTest(World world) {
        this.world = world;
    }

    private HttpResponse<String> send(String body) {
        return send(TestMerchants.ACCOUNT, TestMerchants.WEBHOOK_TOKEN, body);
    }

    private HttpResponse<String> send(String account, String token, String body, String... headers) {
        return world.http.post("/mozarto/" + account + "/webhooks/" + token, "application/json", body, headers);
    }

    private String payone(String more) {
        return """
                {"transaction_id":"%s","psp_transaction_id":"p-1","user_id":"bSomebody","status":"success",\
                "transaction_status":"Approved","message":"ok","amount":"149.90","merchantReference":""%s}""".formatted(transaction, more);
    }

    private String key() {
        return TestMerchants.ACCOUNT + '~' + transaction;
    }

    @Test
    void a_webhook_without_our_reference_goes_to_the_inbox_keyed_by_its_transaction() {
        HttpResponse<String> answer = send(payone(""));

        assertThat(answer.statusCode()).isEqualTo(200);
        InboxWebhook webhook = world.awaitInbox(key());
        WebhookFacts facts = webhook.getWebhook();
        assertThat(facts.getStatus()).isEqualTo(TransactionStatus.APPROVED);
        assertThat(facts.getShape()).isEqualTo(WebhookShape.YEAR_2026);
        assertThat(facts.getAmount()).isEqualByComparingTo(new BigDecimal("149.90"));
        assertThat(facts.getCurrency()).isNull();
        assertThat(facts.getAccount()).isEqualTo(TestMerchants.ACCOUNT);
        assertThat(webhook.getSealedBody()).isNull();
    }

    @Test
    void a_repeated_webhook_has_the_same_id() {
        send(payone(""));
        String first = world.awaitInbox(key()).getId();

        send(payone(",\"retry\":2"));

        Awaitility.await().until(() -> world.inboxOf(key()).size() == 2);
        assertThat(world.awaitInbox(key()).getId()).isEqualTo(first);
    }

    @Test
    void a_webhook_with_our_reference_goes_to_its_payment() {
        PaymentAttempt attempt = PaymentAttempt.of(TestMerchants.SHOP + '~' + Order.uuid(), 2);
        String reference =
                new MerchantReference(IdentityKeys.references(world.keys)).write(TestMerchants.ACCOUNT, attempt);

        HttpResponse<String> answer = send("""
                {"transaction_id":"%s","transaction_status":"Declined","amount":"1","merchantReference":"%s"}""".formatted(transaction, reference));

        assertThat(answer.statusCode()).isEqualTo(200);
        WebhookReceived event = world.awaitBody(attempt.paymentId(), WebhookReceived.class);
        assertThat(event.getAttempt()).isEqualTo(2);
        assertThat(event.getWebhook().getStatus()).isEqualTo(TransactionStatus.DECLINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {TestMerchants.CLOSED_SHOP, TestMerchants.ROUTELESS_SHOP})
    void a_merchant_that_was_disabled_or_lost_its_provider_still_gets_its_webhooks(String integration) {
        PaymentAttempt opened = PaymentAttempt.of(integration + '~' + Order.uuid(), 1);
        String reference =
                new MerchantReference(IdentityKeys.references(world.keys)).write(TestMerchants.ACCOUNT, opened);

        send("""
                {"transaction_id":"%s","transaction_status":"Approved","amount":"1","merchantReference":"%s"}""".formatted(transaction, reference));
        send("""
                {"transaction_id":"%s","transaction_status":"Approved","amount":"1","user_id":"%s"}""".formatted(transaction, UserId.perAttempt(opened)));

        assertThat(world.awaitBody(opened.paymentId(), WebhookReceived.class)
                        .getWebhook()
                        .getStatus())
                .isEqualTo(TransactionStatus.APPROVED);
        assertThat(world.awaitInbox(key()).getPaymentId()).isEqualTo(opened.paymentId());
    }

    @Test
    void a_webhook_whose_user_id_names_an_attempt_goes_to_the_inbox_with_its_payment() {
        PaymentAttempt attempt = PaymentAttempt.of(TestMerchants.SHOP + '~' + Order.uuid(), 1);

        send("""
                {"transaction_id":"%s","transaction_status":"Approved","amount":"1","user_id":"%s"}""".formatted(transaction, UserId.perAttempt(attempt)));

        InboxWebhook webhook = world.awaitInbox(key());
        assertThat(webhook.getPaymentId()).isEqualTo(attempt.paymentId());
        assertThat(webhook.getMerchantId()).isEqualTo(TestMerchants.SHOP);
        assertThat(UserId.attemptOf(webhook.getWebhook().getUserId())).contains(attempt);
    }

    @Test
    void a_webhook_whose_user_id_names_a_pay_out_goes_to_the_inbox_with_it_if_its_merchant_uses_the_account() {
        PaymentAttempt payOut = PaymentAttempt.of(Ids.freePayOut(TestMerchants.SHOP, digits()), 9);
        PaymentAttempt foreign = PaymentAttempt.of(Ids.freePayOut(TestMerchants.EURO_SHOP, digits()), 9);

        send("""
                {"transaction_id":"%s","transaction_status":"Approved","amount":"1","user_id":"%s"}""".formatted(transaction, UserId.perAttempt(payOut)));
        send("""
                {"transaction_id":"%s-2","transaction_status":"Approved","amount":"1","user_id":"%s"}""".formatted(transaction, UserId.perAttempt(foreign)));

        InboxWebhook webhook = world.awaitInbox(key());
        assertThat(webhook.getPaymentId()).isEqualTo(payOut.paymentId());
        assertThat(webhook.getMerchantId()).isEqualTo(TestMerchants.SHOP);
        assertThat(world.awaitInbox(key() + "-2").getPaymentId()).isEmpty();
    }

    private static String digits() {
        return Order.uuid().replace("-", "");
    }

    @Test
    void a_reference_of_an_integration_that_does_not_use_the_account_leads_to_no_payment() {
        PaymentAttempt attempt = PaymentAttempt.of("another-shop~" + Order.uuid(), 1);

        send("""
                {"transaction_id":"%s","transaction_status":"Approved","amount":"1","user_id":"%s"}""".formatted(transaction, UserId.perAttempt(attempt)));

        assertThat(world.awaitInbox(key()).getPaymentId()).isEmpty();
        assertThat(world.eventsOf(attempt.paymentId())).isEmpty();
    }

    @Test
    void a_wrong_token_and_an_unknown_account_get_the_same_401_and_nothing_is_kept() {
        HttpResponse<String> wrong = send(TestMerchants.ACCOUNT, "wrong", payone(""));
        HttpResponse<String> unknown = send("no-such-account", TestMerchants.WEBHOOK_TOKEN, payone(""));
        HttpResponse<String> strange = send("No~Account", TestMerchants.WEBHOOK_TOKEN, payone(""));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(strange.body());
        // What follows on the same partition is the only record under its key.
        send(payone(""));
        world.awaitInbox(key());
        assertThat(world.inboxOf(key())).hasSize(1);
    }

    @Test
    void the_authorization_secret_is_asked_for_where_the_account_has_one() {
        String account = TestMerchants.GUARDED_ACCOUNT;

        assertThat(send(account, TestMerchants.WEBHOOK_TOKEN, payone("")).statusCode())
                .isEqualTo(401);
        assertThat(send(account, TestMerchants.WEBHOOK_TOKEN, payone(""), "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(
                                account,
                                TestMerchants.WEBHOOK_TOKEN,
                                payone(""),
                                "Authorization",
                                "Bearer " + TestMerchants.AUTHORIZATION)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(account, TestMerchants.WEBHOOK_TOKEN, payone(""), "Authorization", TestMerchants.AUTHORIZATION)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void while_the_authorization_secret_is_rotated_the_former_one_is_taken_too_until_its_end() {
        String account = TestMerchants.GUARDED_ACCOUNT;

        assertThat(authorized(account, TestMerchants.AUTHORIZATION)).isEqualTo(200);
        assertThat(authorized(account, TestMerchants.FORMER_AUTHORIZATION)).isEqualTo(200);
        assertThat(authorized(account, TestMerchants.ENDED_AUTHORIZATION)).isEqualTo(401);
    }

    private int authorized(String account, String secret) {
        return send(account, TestMerchants.WEBHOOK_TOKEN, payone(""), "Authorization", "Bearer " + secret)
                .statusCode();
    }

    @Test
    void an_older_token_is_valid_beside_the_newer_one() {
        assertThat(send(TestMerchants.ACCOUNT, "an-older-token", payone("")).statusCode())
                .isEqualTo(200);
        assertThat(world.awaitInbox(key()).getWebhook().getStatus()).isEqualTo(TransactionStatus.APPROVED);
    }

    @Test
    void what_nobody_can_read_is_answered_200_and_kept_in_the_vault() throws Exception {
        String body = "{\"transaction_id\": nonsense " + transaction;

        HttpResponse<String> answer = send(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)), 0, 16);
        InboxWebhook kept = world.awaitInbox(TestMerchants.ACCOUNT + '~' + hash);
        assertThat(kept.getWebhook().getShape()).isEqualTo(WebhookShape.UNREADABLE);
        assertThat(new String(
                        new Vault(world.keys)
                                .open(kept.getId(), kept.getSealedBody().array()),
                        StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void a_status_never_seen_before_is_unknown_and_its_body_is_kept() {
        HttpResponse<String> answer = send(payone("").replace("Approved", "Settled"));

        assertThat(answer.statusCode()).isEqualTo(200);
        InboxWebhook webhook = world.awaitInbox(key());
        assertThat(webhook.getWebhook().getStatus()).isEqualTo(TransactionStatus.UNKNOWN);
        assertThat(webhook.getWebhook().getRawStatus()).isEqualTo("Settled");
        assertThat(webhook.getSealedBody()).isNotNull();
    }

    @Test
    void the_shape_of_2025_is_recorded_and_has_no_status() {
        send("""
                {"transaction_id":"%s","user_id":"7","status":"Confirmed","currency":"BTC","confirmed":true,\
                "invoice_currency":"AED"}""".formatted(transaction));

        WebhookFacts facts = world.awaitInbox(key()).getWebhook();
        assertThat(facts.getShape()).isEqualTo(WebhookShape.YEAR_2025);
        assertThat(facts.getStatus()).isEqualTo(TransactionStatus.UNKNOWN);
    }

    @Test
    void a_body_over_64_kib_is_refused() {
        assertThat(send("x".repeat(64 * 1024 + 1)).statusCode()).isEqualTo(413);
        assertThat(send("x".repeat(64 * 1024)).statusCode()).isEqualTo(200);
    }
}
