package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.BuyerAskedAgain;
import dev.intermezzo.schemas.avro.BuyerKey;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.CheckoutReceived;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.InboxWebhook;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.OperationKind;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.PaymentEvent;
import dev.intermezzo.schemas.avro.PaymentPlan;
import dev.intermezzo.schemas.avro.PlannedRoute;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.SealedUrl;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.schemas.avro.ViewRequested;
import dev.intermezzo.schemas.avro.WarmUp;
import dev.intermezzo.schemas.avro.WebhookFacts;
import dev.intermezzo.schemas.avro.WebhookMatched;
import dev.intermezzo.schemas.avro.WebhookShape;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Facts about one PAYONE payment of the demo shop, as the other stages would publish them. */
public final class Facts {
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    public static final String MERCHANT = "demo-shop";
    public static final String ACCOUNT = "sandbox-account";
    public static final String KEY_ID = "key-1";

    private final String orderUuid;
    private final Instant time;

    private Facts(String orderUuid, Instant time) {
        this.orderUuid = orderUuid;
        this.time = time;
    }

    /** Facts about the n-th order, from {@link #START} on. */
    public static Facts ofOrder(int n) {
        return ofOrder(n, START);
    }

    /** Facts about the n-th order, whose checkout came at {@code start}. */
    public static Facts ofOrder(int n, Instant start) {
        return new Facts(new UUID(0x1111_0000_4111L, 0x8000_0000_0000_0000L | n).toString(), start);
    }

    /** The same payment's facts, {@code seconds} later. */
    public Facts after(long seconds) {
        return new Facts(orderUuid, time.plusSeconds(seconds));
    }

    /** The Cashier's id of the first attempt's transaction. */
    public String transaction() {
        return "tx-" + orderUuid;
    }

    public String payment() {
        return Ids.payment(MERCHANT, orderUuid);
    }

    public PaymentEvent checkout() {
        return event(
                "checkout-" + orderUuid,
                CheckoutReceived.newBuilder()
                        .setOrderUuid(orderUuid)
                        .setInvoiceId("M-1234567890-1234567890")
                        .setAmount(money())
                        .setIntegrationId(MERCHANT)
                        .setMozelloKeyId("mozello-key-1")
                        .setLanguageCode("en")
                        .setShopName("Demo shop")
                        .setSuccessUrl("https://shop.example/success")
                        .setFailureUrl("https://shop.example/failure")
                        .setNotifyUrl("https://shop.example/notify")
                        .setContentDigest(ByteBuffer.wrap(new byte[32]))
                        .setBuyer(new SealedData(KEY_ID, "buyer-details", ByteBuffer.wrap(new byte[] {1, 2})))
                        .setHolds(List.of())
                        .setPlan(plan())
                        .build());
    }

    public PaymentEvent viewRequested(String id) {
        return event(id, new ViewRequested());
    }

    public PaymentEvent askedAgain(String id) {
        return event(id, new BuyerAskedAgain(true, null, plan(), null));
    }

    public PaymentEvent warmUp() {
        return event("warm-up", new WarmUp());
    }

    public BuyerKey key(String keyId) {
        return BuyerKey.newBuilder()
                .setPaymentId(payment())
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(time)
                .setKey(new WrappedKey(keyId, ByteBuffer.wrap(new byte[] {9, 9})))
                .build();
    }

    /** The Cashier handed out the provider's page. */
    public CashierResult pageOpened(String commandId) {
        return CashierResult.newBuilder()
                .setId(Ids.result(commandId))
                .setPaymentId(payment())
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(time)
                .setCommandId(commandId)
                .setAttempt(1)
                .setProvider("PAYONE")
                .setAccount(ACCOUNT)
                .setHttpStatus(200)
                .setDurationMillis(120)
                .setBody(new PageOpened(new SealedUrl(ByteBuffer.wrap(new byte[] {5})), List.of(transaction())))
                .build();
    }

    public InternalEvent approved() {
        return InternalEvent.newBuilder()
                .setId("wh-" + orderUuid)
                .setPaymentId(payment())
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(time)
                .setBody(new WebhookMatched(webhook(), 1))
                .build();
    }

    /** The same approval as Mozarto sends it: without our reference. */
    public InboxWebhook inboxWebhook() {
        return InboxWebhook.newBuilder()
                .setId("wh-" + orderUuid)
                .setPaymentId("")
                .setMerchantId("")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(time)
                .setWebhook(webhook())
                .build();
    }

    private WebhookFacts webhook() {
        return WebhookFacts.newBuilder()
                .setAccount(ACCOUNT)
                .setTransactionId(transaction())
                .setRawStatus("Approved")
                .setStatus(TransactionStatus.APPROVED)
                .setAmount(new BigDecimal("49.9000"))
                .setShape(WebhookShape.YEAR_2026)
                .setBodyDigest(ByteBuffer.wrap(new byte[32]))
                .build();
    }

    private PaymentEvent event(String id, Object body) {
        return PaymentEvent.newBuilder()
                .setId(id)
                .setPaymentId(payment())
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(time)
                .setBody(body)
                .build();
    }

    private static PaymentPlan plan() {
        return PaymentPlan.newBuilder()
                .setSettingsRevision("1")
                .setCatalogueVersion("1")
                .setRoutes(List.of(PlannedRoute.newBuilder()
                        .setProvider("PAYONE")
                        .setAccount(ACCOUNT)
                        .setKind(OperationKind.OPENS_PAGE)
                        .setEligible(true)
                        .setIneligibleReasons(List.of())
                        .setMissingFields(List.of())
                        .setSettings(List.of())
                        .setSessionLifetimeSeconds(900)
                        .setLateWindowSeconds(3_600)
                        .setSingleUsePage(true)
                        .setWebhookCurrencyMayBeAbsent(true)
                        .setUserIdPerAttempt(true)
                        .build()))
                .setOrderTimeSeconds(86_400)
                .setNoWord(NoWordPolicy.FAILED)
                .setTestShop(true)
                .setBuyerChooses(false)
                .build();
    }

    private static Money money() {
        return new Money(new BigDecimal("49.9000"), "CAD");
    }
}
