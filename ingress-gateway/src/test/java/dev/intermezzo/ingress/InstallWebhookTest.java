package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.WebhookHash;
import dev.intermezzo.runtime.merchants.ConnectionMarks;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.sandbox.shop.WebhookCall;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Mozello tells when a shop's owner installs, and what strangers may say in its name. */
@ExtendWith(World.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallWebhookTest {

    private final ListedShop listed;

    InstallWebhookTest(EmbeddedBroker broker) {
        this.listed = new ListedShop(broker);
    }

    @BeforeEach
    void nothing_is_installed() {
        listed.shop.failApi(0);
        listed.shop.enter(ListedShop.ENTERED);
        uninstall();
    }

    @AfterAll
    void stop() {
        listed.close();
    }

    @Test
    void an_install_with_the_connections_secret_lets_it_take_payments_without_a_restart() {
        assertThat(listed.post(listed.newOrder()).body()).contains("connection-not-active");

        WebhookCall call = listed.shop.install();

        assertThat(call).isEqualTo(new WebhookCall(200, true));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> listed.post(listed.newOrder()).statusCode(), status -> status == 303);
    }

    @Test
    void changed_fields_with_the_connections_secret_do_the_same() {
        WebhookCall call = listed.shop.enter(ListedShop.ENTERED);

        assertThat(call).isEqualTo(new WebhookCall(200, false));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> listed.post(listed.newOrder()).statusCode(), status -> status == 303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "settings"})
    void a_webhook_of_a_connection_that_takes_payments_already_is_durable_too_and_kept_once(String event)
            throws Exception {
        listed.connected();
        String body = body(ListedShop.FIRST, ListedShop.FIRST_SECRET);
        String later = body + " ";

        assertThat(post(event, body, hash(body)).statusCode()).isEqualTo(200);
        assertThat(post(event, body, hash(body)).statusCode()).isEqualTo(200);
        assertThat(post(event, later, hash(later)).statusCode()).isEqualTo(200);

        // The later one was written after all that was written for the first.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> listed.installations.contains(revision(event, later)));
        assertThat(listed.installations).containsOnlyOnce(revision(event, body), revision(event, later));
        assertThat(listed.post(listed.newOrder()).statusCode()).isEqualTo(303);
    }

    private static String revision(String event, String body) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        return event + "-webhook~" + HexFormat.of().formatHex(hash);
    }

    @Test
    void an_install_in_another_merchants_name_activates_nothing_and_waits_for_an_operator_once() {
        String body = body(ListedShop.FIRST, ListedShop.SECOND_SECRET);

        assertThat(post("install", body, hash(body)).statusCode()).isEqualTo(200);
        assertThat(post("install", body, hash(body)).statusCode()).isEqualTo(200);

        DeadLetter letter = letter("connection-refused", body);
        assertThat(letter.getStage()).isEqualTo("ingress");
        assertThat(listed.letters.stream().filter(each -> each.getId().equals(letter.getId())))
                .hasSize(1);
        assertThat(listed.post(listed.newOrder()).body()).contains("connection-not-active");
    }

    @Test
    void a_genuine_webhook_that_nobody_can_read_waits_for_an_operator() {
        String body = "[\"not what was documented\"]";

        assertThat(post("settings", body, hash(body)).statusCode()).isEqualTo(200);

        letter("webhook-unreadable", body);
    }

    @Test
    void a_webhook_with_another_hash_is_refused_and_changes_nothing() {
        String body = body(ListedShop.FIRST, ListedShop.FIRST_SECRET);
        String otherKey = WebhookHash.sign(
                body.getBytes(StandardCharsets.UTF_8), MozelloKey.of("other", ListedShop.FIRST_SECRET));

        assertThat(List.of(
                        post("install", body, otherKey),
                        post("install", body + " ", hash(body)),
                        post("install", body, ""),
                        post("settings", body, otherKey),
                        listed.world.http.post("/mozello/install", "application/json", body)))
                .extracting(HttpResponse::statusCode)
                .containsOnly(401);
        assertThat(listed.post(listed.newOrder()).body()).contains("connection-not-active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "settings"})
    void a_webhook_that_is_too_large_is_refused(String event) {
        String body = " ".repeat(64 * 1024 + 1);

        assertThat(post(event, body, hash(body)).statusCode()).isEqualTo(413);
    }

    @Test
    void while_mozello_does_not_take_the_mark_its_webhook_is_to_come_again_and_that_is_harmless() {
        listed.shop.failApi(503);

        WebhookCall failed = listed.shop.install();
        listed.shop.failApi(0);
        WebhookCall again = listed.shop.install();

        assertThat(failed).isEqualTo(new WebhookCall(503, false));
        assertThat(again).isEqualTo(new WebhookCall(200, true));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> listed.post(listed.newOrder()).statusCode(), status -> status == 303);
    }

    @Test
    void an_install_without_a_code_marks_nothing_and_is_taken() {
        String body = "{\"authCode\":null,\"fields\":{\"connection_id\":\"%s\",\"connection_secret\":\"%s\"}}"
                .formatted(ListedShop.FIRST, ListedShop.FIRST_SECRET);

        assertThat(post("install", body, hash(body)).statusCode()).isEqualTo(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> listed.post(listed.newOrder()).statusCode(), status -> status == 303);
    }

    @Test
    void a_code_that_mozello_refuses_is_not_asked_for_again() {
        String body = body(ListedShop.FIRST, ListedShop.FIRST_SECRET);

        // The simulated Mozello knows no such code.
        assertThat(post("install", body, hash(body)).statusCode()).isEqualTo(200);
    }

    private void uninstall() {
        listed.world.forget("integration:" + ConnectionMarks.installed(ListedShop.FIRST));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> listed.post(listed.newOrder()).body(), body -> body.contains("connection-not-active"));
    }

    private DeadLetter letter(String code, String body) {
        Vault vault = new Vault(listed.world.keys);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> listed.letters.stream()
                                .filter(letter -> letter.getCode().equals(code))
                                .filter(letter -> new String(
                                                vault.open(letter.getId(), bytes(letter.getSealedOriginal())),
                                                StandardCharsets.UTF_8)
                                        .equals(body))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private HttpResponse<String> post(String event, String body, String hash) {
        return listed.world.http.post("/mozello/" + event, "application/json", body, WebhookHash.HEADER, hash);
    }

    private static String body(String connection, String secret) {
        return "{\"authCode\":\"12345abcde\",\"fields\":{\"connection_id\":\"%s\",\"connection_secret\":\"%s\"}}"
                .formatted(connection, secret);
    }

    private static String hash(String body) {
        return WebhookHash.sign(body.getBytes(StandardCharsets.UTF_8), MozelloKey.of("global", ListedShop.GLOBAL_KEY));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
