package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.ingress.api.ApiToken;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import dev.intermezzo.schemas.avro.ApiKey;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PayOutLimits;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundState;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedMoney;
import dev.intermezzo.schemas.avro.ViewedRefund;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the merchant API refuses because of the merchant or of what its payment shows, each before anything is asked for. */
@ExtendWith(World.Shared.class)
class RefundRefusalTest {

    private static final String MERCHANT = "refunding-shop";
    private static final PayOutLimits LIMITS = PayOutLimits.newBuilder()
            .setEnabledBy(List.of("anna", "ben"))
            .setCurrency("CAD")
            .setPerPayOut(new BigDecimal("100.0000"))
            .setPerDay(new BigDecimal("500.0000"))
            .build();

    private final World world;
    private final ApiToken key = ApiToken.issue(MERCHANT, "key-1", new SecureRandom());
    private final String payment = MERCHANT + '~' + Order.uuid();
    private MerchantApiService api;

    @SuppressWarnings("NullAway.Init") // started before each test
    RefundRefusalTest(World world) {
        this.world = world;
    }

    @BeforeEach
    void start() {
        api = api(InstantSource.system());
        world.publish(
                TestMerchants.record(MERCHANT, TestMerchants.integration(new SecretSealer(world.keys), MERCHANT)));
    }

    private MerchantApiService api(InstantSource clock) {
        return new MerchantApiService(
                MerchantApiSettings.read(new SettingsReader(
                        SettingsSource.of(Map.of("merchant-api.port", "0", "merchant-api.answer-wait", "1s")))),
                world.kafka,
                clock);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_disabled_merchant_gives_nothing_back() {
        given(merchant(false, LIMITS), view(ViewState.APPROVED, money("20.0000")));

        assertRefused(refund("5.00", "CAD"), 403, "merchant-disabled");
    }

    @Test
    void a_merchant_without_limits_pays_nothing_out() {
        given(merchant(true, null), view(ViewState.APPROVED, money("20.0000")));

        assertRefused(refund("5.00", "CAD"), 409, "pay-outs-disabled");
    }

    @Test
    void a_refund_in_another_currency_than_the_payment_is_refused() {
        PaymentView euros = PaymentView.newBuilder(view(ViewState.APPROVED, money("20.0000")))
                .setAmount(new Money(new BigDecimal("20.0000"), "EUR"))
                .build();
        given(merchant(true, LIMITS), euros);

        assertRefused(refund("5.00", "CAD"), 422, "currency-differs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BRITE",
                "CLEO",
                "EMERCHANTPAY",
                "FLEXEPIN",
                "FORUMPAY",
                "NEOSURF",
                "TRUST",
                "WORLDPAY_EU",
                "NOT_IN_THE_CATALOGUE"
            })
    void a_provider_that_gives_nothing_back_through_the_cashier_is_not_asked(String provider) {
        ViewedMoney money =
                ViewedMoney.newBuilder(money("20.0000")).setProvider(provider).build();
        given(merchant(true, LIMITS), view(ViewState.APPROVED, money));

        assertRefused(refund("5.00", "CAD"), 409, "refund-not-available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAYONE", "GIGADAT"})
    void a_provider_that_pays_its_buyers_out_may_be_asked(String provider) {
        ViewedMoney money =
                ViewedMoney.newBuilder(money("20.0000")).setProvider(provider).build();
        given(merchant(true, LIMITS), view(ViewState.APPROVED, money));

        assertThat(refund("5.00", "CAD").statusCode()).isEqualTo(202);
    }

    @Test
    void a_retired_payment_is_closed_and_an_older_view_without_money_is_not_taken_for_one() {
        PaymentView retired = PaymentView.newBuilder(view(ViewState.APPROVED, null))
                .setIntegrationId("")
                .build();
        given(merchant(true, LIMITS), retired);

        assertRefused(refund("5.00", "CAD"), 409, "payment-closed");

        show(PaymentView.newBuilder(view(ViewState.APPROVED, null))
                .setSequence(2)
                .build());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertRefused(refund("5.00", "CAD"), 503, "not-available"));
    }

    @Test
    void after_thirty_days_the_key_still_stands_for_its_refund_and_another_amount_is_refused() {
        PaymentView paid = view(ViewState.APPROVED, money("20.0000"));
        given(merchant(true, LIMITS), paid);
        HttpResponse<String> asked = refund("return-1", "5.00", "CAD");
        String address = asked.headers().firstValue("Location").orElseThrow();
        MerchantApiService first = api;
        api = api(() -> Instant.now().plus(Duration.ofDays(31)));
        try {
            api.start();
            await().atMost(Duration.ofSeconds(30)).until(api::ready);
            show(PaymentView.newBuilder(paid)
                    .setSequence(2)
                    .setMoney(money("20.0000", standing(address.substring(address.lastIndexOf('~') + 1), "5.0000")))
                    .build());

            HttpResponse<String> other = refund("return-1", "6.00", "CAD");
            HttpResponse<String> same = refund("return-1", "5.00", "CAD");

            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
            assertRefused(other, 422, "idempotency-key-reused");
            assertThat(other.body()).contains(address);
            assertThat(same.statusCode()).isEqualTo(202);
            assertThat(same.body()).isEqualTo(asked.body());
        } finally {
            first.close();
        }
    }

    private void given(Merchant merchant, PaymentView view) {
        world.publish(TestMerchants.record(MERCHANT, merchant));
        show(view);
        api.start();
        await().atMost(Duration.ofSeconds(30)).until(api::ready);
        // Views are followed from their end on: one that was shown before is asked for.
        show(view);
    }

    private void show(PaymentView view) {
        world.orchestrator.show(view);
    }

    private Merchant merchant(boolean enabled, @Nullable PayOutLimits limits) {
        return Merchant.newBuilder(TestMerchants.merchant(enabled, null, null))
                .setPayOuts(limits)
                .setApiKeys(List.of(new ApiKey(
                        key.keyId(),
                        ByteBuffer.wrap(key.digest()),
                        List.of("payments:read", "payouts:read", "refunds:write"),
                        Instant.EPOCH,
                        "anna",
                        "ben",
                        List.of())))
                .build();
    }

    private PaymentView view(ViewState state, @Nullable ViewedMoney money) {
        return PaymentView.newBuilder()
                .setPaymentId(payment)
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setSequence(1)
                .setAnswers("")
                .setAnswerCode("")
                .setState(state)
                .setInvoiceId("M-0000000001-0000000001")
                .setAmount(new Money(new BigDecimal("20.0000"), "CAD"))
                .setShopName("Lake & Pine")
                .setLanguageCode("en")
                .setSuccessUrl("https://shop.example/thanks")
                .setFailureUrl("https://shop.example/cart")
                .setIntegrationId(MERCHANT)
                .setTestShop(true)
                .setAttempts(List.of())
                .setMethods(List.of())
                .setMissingFields(List.of())
                .setMayAskAgain(false)
                .setOlderMayStillBePaid(false)
                .setClosedForBuyer(false)
                .setOrderTimeEnds(Instant.EPOCH)
                .setMoney(money)
                .build();
    }

    private static ViewedRefund standing(String id, String amount) {
        return new ViewedRefund(id, new Money(new BigDecimal(amount), "CAD"), "PAYONE", RefundState.PAID, "", "");
    }

    private static ViewedMoney money(String approved, ViewedRefund... refunds) {
        return new ViewedMoney(
                new Money(new BigDecimal(approved), "CAD"),
                new Money(new BigDecimal("0.0000"), "CAD"),
                "PAYONE",
                TestMerchants.ACCOUNT,
                List.of(),
                List.of(refunds));
    }

    private HttpResponse<String> refund(String amount, String currency) {
        return refund(Order.uuid(), amount, currency);
    }

    private HttpResponse<String> refund(String name, String amount, String currency) {
        return new EdgeClient(api.port())
                .post(
                        "/api/v1/payments/" + payment + "/refunds",
                        "application/json",
                        "{\"amount\":\"%s\",\"currency\":\"%s\",\"reason\":\"r\"}".formatted(amount, currency),
                        "Authorization",
                        "Bearer " + key.reveal(),
                        "Idempotency-Key",
                        name);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + '"');
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }
}
