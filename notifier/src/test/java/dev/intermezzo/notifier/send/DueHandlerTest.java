package dev.intermezzo.notifier.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.MozelloSignature;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DueHandlerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ORDER = "5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f";
    private static final String PAYMENT = "demo-shop~" + ORDER;
    private static final String OLD_KEY = "MZL-P-0-invented-old";
    private static final String NEW_KEY = "MZL-P-0-invented-new";
    private static final HostLimits LIMITS =
            new HostLimits(2, 3, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(3));

    private final SecretSealer sealer = new SecretSealer(SealingKeys.generate());
    private final TestingShop shop = new TestingShop();
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());
    private Instant now = NOW;
    private List<String> notifyHosts = List.of("www.mozello.com", shop.host());
    private List<SealedSecret> secrets = List.of(sealed("key-1", OLD_KEY, null), sealed("key-2", NEW_KEY, null));
    private boolean testShop = true;
    private boolean enabled = true;
    private final DueHandler handler = handler(FormEncoding.MULTIPART);

    @AfterEach
    void stop() {
        http.close();
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(FormEncoding.class)
    void a_message_is_posted_once_signed_in_the_documented_order(FormEncoding encoding) {
        // When
        NotificationResult result = handler(encoding).handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.DELIVERED);
        assertThat(result.getHttpStatus()).isEqualTo(200);
        TestingShop.Posted posted = assertThat(shop.posted()).singleElement().actual();
        MozelloForm form = form(posted);
        assertThat(form.names()).containsExactly("order_uuid", "status", "check_pending", "signature");
        assertThat(form.value("status")).contains("approved");
        assertThat(isSignedWith(OLD_KEY)).isTrue();
    }

    @Test
    void a_report_names_its_attempt_and_derives_its_id_from_the_due_message() {
        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getId()).isEqualTo(PAYMENT + "#1.0@2:result");
        assertThat(result.getRequestId()).isEqualTo(PAYMENT + "#1.0");
        assertThat(result.getAttempt()).isEqualTo(2);
        assertThat(result.getPaymentId()).isEqualTo(PAYMENT);
        assertThat(result.getOccurredAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"error\":false}                            | DELIVERED        |",
                "200 | <p>thanks</p>                                | DELIVERED        |",
                "200 | {\"error\":true,\"payment_status\":\"paid\"} | NOT_PENDING      | paid",
                "200 | {\"error\":true}                             | ERROR_UNREADABLE |",
                "500 | oops                                         | FAILED           |",
                "302 | elsewhere                                    | FAILED           |",
            })
    void the_shops_answer_is_reported(int status, String body, SendOutcome outcome, String shopStatus) {
        // Given
        shop.answers(status, body);

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(outcome);
        assertThat(result.getHttpStatus()).isEqualTo(status);
        assertThat(result.getShopStatus()).isEqualTo(shopStatus);
        assertThat(shop.posted()).hasSize(1);
    }

    @Test
    void a_503_is_not_sent_again_and_its_retry_after_is_reported() {
        // Given
        shop.answers(503, Map.of("Retry-After", "120"));

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.FAILED);
        assertThat(result.getRetryAfterSeconds()).isEqualTo(120);
        assertThat(shop.posted()).hasSize(1);
    }

    @Test
    void a_redirect_is_not_followed() {
        // Given
        try (TestingShop elsewhere = new TestingShop()) {
            shop.answers(307, Map.of("Location", elsewhere.address()));

            // When
            handler.handle(due("key-1"));

            // Then
            assertThat(elsewhere.posted()).isEmpty();
        }
    }

    @Test
    void a_shop_that_hangs_is_unanswered_at_the_deadline() {
        // Given
        shop.hangs();

        // When
        NotificationResult result = handler(FormEncoding.MULTIPART, Duration.ofMillis(400))
                .handle(due("key-1"))
                .orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.UNANSWERED);
        assertThat(result.getHttpStatus()).isZero();
        assertThat(shop.posted()).hasSize(1);
    }

    @Test
    void a_connection_that_is_dropped_after_the_request_is_unanswered() {
        // Given
        shop.drops();

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.UNANSWERED);
        assertThat(shop.posted()).hasSize(1);
    }

    @Test
    void a_shop_that_nobody_answers_for_was_not_sent_anything() {
        // Given
        NotificationDue due = due("key-1");
        shop.close();

        // When
        NotificationResult result = handler.handle(due).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
    }

    @Test
    void a_due_message_that_comes_too_late_is_dropped_without_a_word() {
        // Given
        NotificationDue due = due("key-1");
        now = due.getNotAfter().plusMillis(1);

        // When
        Optional<NotificationResult> result = handler.handle(due);

        // Then
        assertThat(result).isEmpty();
        assertThat(shop.posted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2:1/notify", "https://user@www.mozello.com.example/", "no address", ""})
    void a_host_that_is_not_on_the_shops_list_gets_nothing(String address) {
        // Given
        notifyHosts = List.of("www.mozello.com");

        // When
        NotificationResult result = handler.handle(due("key-1", address)).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
    }

    @Test
    void a_host_taken_off_the_list_since_the_checkout_gets_nothing() {
        // Given
        notifyHosts = List.of("www.mozello.com");

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(shop.posted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"key-1, true", "key-2, false", "key-gone, false"})
    void the_key_that_verified_the_form_signs_else_the_newest(String wanted, boolean old) {
        // When
        handler.handle(due(wanted));

        // Then
        assertThat(isSignedWith(old ? OLD_KEY : NEW_KEY)).isTrue();
    }

    @Test
    void a_key_past_its_time_gives_way_to_the_valid_one() {
        // Given
        secrets = List.of(sealed("key-2", NEW_KEY, null), sealed("key-1", OLD_KEY, NOW.minusSeconds(1)));

        // When
        handler.handle(due("key-1"));

        // Then
        assertThat(isSignedWith(NEW_KEY)).isTrue();
    }

    @Test
    void a_shop_without_a_valid_key_gets_nothing() {
        // Given
        secrets = List.of(sealed("key-1", OLD_KEY, NOW));

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(shop.posted()).isEmpty();
    }

    @Test
    void a_key_sealed_for_another_shop_signs_nothing() {
        // Given
        secrets = List.of(sealer.seal("integration:other", "mozello-key", "key-1", new byte[] {1}));

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(shop.posted()).isEmpty();
    }

    @Test
    void a_shop_that_is_not_for_tests_is_never_told_that_play_money_has_come() {
        // Given
        testShop = false;

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(shop.posted()).isEmpty();
    }

    @Test
    void the_shop_of_a_merchant_that_was_disabled_is_still_told_with_its_key() {
        // Given
        enabled = false;

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.DELIVERED);
        assertThat(isSignedWith(OLD_KEY)).isTrue();
    }

    @Test
    void a_host_that_keeps_failing_is_left_alone_and_the_message_deferred() {
        // Given
        shop.answers(500, "");
        for (int n = 0; n < 3; n++) {
            handler.handle(due("key-1"));
        }

        // When
        NotificationResult result = handler.handle(due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.DEFERRED);
        assertThat(result.getRetryAfterSeconds()).isEqualTo(5);
        assertThat(shop.posted()).hasSize(3);
    }

    private boolean isSignedWith(String key) {
        MozelloForm form = form(shop.posted().getFirst());
        SignatureVerdict verdict = MozelloSignature.verify(form, List.of(MozelloKey.of("any", key)));
        return verdict instanceof SignatureVerdict.Valid;
    }

    private static MozelloForm form(TestingShop.Posted posted) {
        FormReading reading = MozelloForm.read(posted.body().getBytes(StandardCharsets.UTF_8), posted.contentType());
        return assertThat(reading)
                .asInstanceOf(InstanceOfAssertFactories.type(FormReading.Form.class))
                .actual()
                .form();
    }

    private DueHandler handler(FormEncoding encoding) {
        return handler(encoding, Duration.ofSeconds(20));
    }

    private DueHandler handler(FormEncoding encoding, Duration deadline) {
        return new DueHandler(
                new Shops(id -> Optional.of(integration()), id -> Optional.of(merchant())),
                new ShopKeys(sealer),
                new ShopMessage(encoding, deadline),
                http,
                new HostGate(LIMITS, () -> now),
                () -> now);
    }

    private SealedSecret sealed(String id, String key, @Nullable Instant notAfter) {
        SealedSecret sealed =
                sealer.seal("integration:demo-shop", "mozello-key", id, key.getBytes(StandardCharsets.UTF_8));
        return new SealedSecret(sealed.getId(), sealed.getPurpose(), sealed.getCiphertext(), notAfter);
    }

    private Versioned<Integration> integration() {
        Integration body = Integration.newBuilder()
                .setMerchant("demo-shop")
                .setKind("PRIVATE")
                .setSecrets(secrets)
                .setInvoicePattern("M-[0-9]+-[0-9]+")
                .setFormLayout("documented")
                .setCurrencies(List.of("CAD"))
                .setNotifyHosts(notifyHosts)
                .setShopHosts(List.of())
                .build();
        return new Versioned<>(record(body), body);
    }

    private Versioned<Merchant> merchant() {
        Merchant body = new Merchant(
                "Demo shop",
                "sandbox-account",
                null,
                enabled,
                testShop,
                null,
                List.of(),
                86_400,
                NoWordPolicy.FAILED,
                false,
                null,
                List.of(),
                List.of());
        return new Versioned<>(record(body), body);
    }

    private static MerchantRecord record(Object body) {
        return new MerchantRecord("demo-shop", Environment.SANDBOX, NOW, "r1", body);
    }

    private NotificationDue due(String keyId) {
        return due(keyId, shop.address());
    }

    private static NotificationDue due(String keyId, String address) {
        NotificationRequest request = new NotificationRequest(
                PAYMENT + "#1.0",
                PAYMENT,
                "demo-shop",
                Environment.SANDBOX,
                NOW,
                "demo-shop",
                ORDER,
                address,
                NotifyStatus.APPROVED,
                true,
                keyId);
        return new NotificationDue(
                request.getId() + "@2",
                PAYMENT,
                "demo-shop",
                Environment.SANDBOX,
                NOW,
                request,
                2,
                false,
                NOW.plusSeconds(30));
    }
}
